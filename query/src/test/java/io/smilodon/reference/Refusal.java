package io.smilodon.reference;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.query.testing.Script;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something of MongoDB that is not there.
 *
 * @param kind which list of the language it is in
 * @param names what is refused
 * @param code the number of the error
 * @param reason why
 * @param probe a command that is answered with the error; each name stands in it for NAME
 */
record Refusal(String kind, List<String> names, int code, String reason, String probe) {

    static List<Refusal> read() {
        return read("refused");
    }

    /** Those of a file in {@code reference/}. */
    static List<Refusal> read(String file) {
        return Script.cases("/reference/" + file + ".txt").stream().map(Refusal::of).toList();
    }

    private static Refusal of(Script.Case lines) {
        return new Refusal(
                lines.get("of"),
                Arrays.asList(lines.get("refused").split(" ")),
                Integer.parseInt(lines.get("error")),
                lines.get("why"),
                lines.get("probe"));
    }

    Document probe(String name) {
        return ExtendedJson.readDocument(probe.replace("NAME", name));
    }

    /** The names in Markdown, after what they are. */
    String what() {
        return kind.replace("Options", "") + " `" + String.join("` `", names) + "`";
    }

    /** Every name that one list of the language lacks. */
    static Set<String> names(List<Refusal> refusals, String kind) {
        Set<String> names = new TreeSet<>();
        refusals.stream()
                .filter(refusal -> refusal.kind.equals(kind))
                .forEach(refusal -> names.addAll(refusal.names));
        return names;
    }
}
