package io.smilodon.shell;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;

/** What the shell says about errors. */
final class ScriptText {

    private ScriptText() {}

    /** An error in one line, with its code and where it stands. */
    static String of(SmilodonException failure) {
        StringBuilder text = new StringBuilder();
        text.append(failure.code().name()).append(" (").append(failure.code().number());
        text.append("): ").append(failure.getMessage());
        failure.location()
                .map(at -> at.pointer())
                .filter(at -> !at.isEmpty())
                .ifPresent(at -> text.append(" at ").append(at));
        failure.hint().ifPresent(hint -> text.append("; ").append(hint));
        return text.toString();
    }

    static String inline(Document document) {
        return ExtendedJson.write(document, JsonMode.RELAXED);
    }
}
