package io.smilodon.reference;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.testing.Script;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a reference file says about one operator.
 *
 * @param signature its name and its operand
 * @param summary what it does, in one sentence or two
 * @param lines the example, as its kind reads it
 */
record Example(String signature, String summary, Script.Case lines) {

    private static final Pattern NESTED = Pattern.compile("[\\[{][^\\[\\]{}]*[\\]}]");

    static Example of(Script.Case lines) {
        return new Example(lines.get("operator"), lines.get("summary"), lines);
    }

    /** The signature up to its operand. */
    String name() {
        int end = signature.indexOf(": ");
        return end < 0 ? signature : signature.substring(0, end);
    }

    /** The fields of the object that is its operand: those of objects inside of it are none. */
    Set<String> options() {
        String inside = signature.substring(signature.indexOf('{') + 1, signature.lastIndexOf('}'));
        String before = "";
        while (!inside.equals(before)) {
            before = inside;
            inside = NESTED.matcher(inside).replaceAll("");
        }
        Set<String> options = new TreeSet<>();
        for (String option : inside.split(",")) {
            options.add(option.strip().split("[?:]")[0]);
        }
        options.remove("…");
        return options;
    }

    Optional<Probe> probe() {
        return Probe.of(lines);
    }

    boolean has(String keyword) {
        return lines.has(keyword);
    }

    Value value(String keyword) {
        return ExtendedJson.readValue(lines.get(keyword));
    }

    Document document(String keyword) {
        return ExtendedJson.readDocument(lines.get(keyword));
    }

    /** The array of a line, or an empty one if there is no such line. */
    ArrayValue array(String keyword) {
        return has(keyword) ? ExtendedJson.readArray(lines.get(keyword)) : ArrayValue.of();
    }

    /** A line as code. */
    String code(String keyword) {
        return code(value(keyword));
    }

    static String code(Value value) {
        return "`" + ShellText.of(value) + "`";
    }

    /** Each element of a line's array as code. */
    String each(String keyword) {
        StringBuilder text = new StringBuilder();
        array(keyword).forEach(element -> text.append(' ').append(code(element)));
        return text.toString().strip();
    }
}
