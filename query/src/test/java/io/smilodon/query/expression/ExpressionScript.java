package io.smilodon.query.expression;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Examples of expressions, one in a line, under a heading that names the operator:
 *
 * <pre>
 * ## $abs
 * {"$abs": "$n"} on {"n": -3} gives 3
 * {"$abs": "x"} fails 28765
 * </pre>
 *
 * The document may be left out; {@code missing} is a result, too.
 */
final class ExpressionScript {

    private ExpressionScript() {}

    /** One example: what it shows, and either a result or the number of an error. */
    record Example(String operator, String line, Value expression, Document document, String end) {

        boolean succeeds() {
            return error().isEmpty();
        }

        OptionalInt error() {
            return end.startsWith("fails ")
                    ? OptionalInt.of(Integer.parseInt(end.substring(6)))
                    : OptionalInt.empty();
        }

        Value result() {
            String json = end.substring("gives ".length());
            return json.equals("missing") ? Missing.INSTANCE : ExtendedJson.readValue(json);
        }
    }

    static List<Example> read(String resource) {
        List<Example> examples = new ArrayList<>();
        String operator = "";
        for (String line : text(resource).lines().toList()) {
            if (line.startsWith("## ")) {
                operator = line.substring(3);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                examples.add(example(operator, line.strip()));
            }
        }
        return examples;
    }

    private static Example example(String operator, String line) {
        int end = Math.max(line.lastIndexOf(" gives "), line.lastIndexOf(" fails "));
        if (end < 0) {
            throw new IllegalArgumentException("neither gives nor fails: " + line);
        }
        String start = line.substring(0, end);
        int on = start.lastIndexOf(" on {");
        String expression = on < 0 ? start : start.substring(0, on);
        String document = on < 0 ? "{}" : start.substring(on + 4);
        return new Example(
                operator,
                line,
                ExtendedJson.readValue(expression),
                ExtendedJson.readDocument(document),
                line.substring(end + 1));
    }

    private static String text(String resource) {
        try (InputStream in = ExpressionScript.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
