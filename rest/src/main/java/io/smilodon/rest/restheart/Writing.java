package io.smilodon.rest.restheart;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Locale;
import java.util.Optional;

/**
 * How a write is done: {@code wm}, {@code checkEtag} and {@code writeConcern}.
 *
 * @param mode what is done about a document that is there or is not; empty for the way of the
 *     method
 * @param checksTag whether the request must say with {@code If-Match} what it replaces
 * @param concern MongoDB's write concern; empty for none
 */
public record Writing(Optional<WriteMode> mode, boolean checksTag, Document concern) {

    private static final String MEMBERS = "w:";

    static Writing of(Query query) {
        String name = query.first("writeMode").isPresent() ? "writeMode" : "wm";
        return new Writing(
                query.named(name, WriteMode.values(), WriteMode::names),
                query.flag("checkEtag"),
                query.first("writeConcern").map(Writing::concern).orElse(Document.EMPTY));
    }

    /** {@code majority}, {@code 1} or {@code w:1}. */
    private static Document concern(String text) {
        String stripped = text.strip().toLowerCase(Locale.ROOT);
        String members =
                stripped.startsWith(MEMBERS) ? stripped.substring(MEMBERS.length()) : stripped;
        boolean isNumber = members.matches("[0-9]{1,9}");
        return Document.of("w", isNumber ? Value.of(Integer.parseInt(members)) : Value.of(members));
    }
}
