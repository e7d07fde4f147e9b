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
import java.util.stream.Stream;

/**
 * Examples of expressions, one in a line, under a heading that names the operator and its operands:
 *
 * <pre>
 * ## $abs number
 * {"$abs": "$n"} on {"n": -3} gives 3
 * {"$abs": "x"} fails 28765
 * </pre>
 *
 * The document may be left out; {@code missing} is a result, too.
 */
public final class ExpressionScript {

    private static final List<String> FILES =
            List.of(
                    "arithmetic",
                    "array",
                    "basic",
                    "bitwise",
                    "comparison",
                    "date",
                    "logic",
                    "place",
                    "set",
                    "statistic",
                    "string",
                    "trigonometry",
                    "type");

    private ExpressionScript() {}

    /** What the examples under a heading are of. */
    public record Heading(String operator, String operands) {

        private static Heading of(String line) {
            String[] parts = line.split(" ", 3);
            return new Heading(parts[1], parts.length > 2 ? parts[2] : "");
        }
    }

    /** One example: what it shows, and either a result or the number of an error. */
    public record Example(
            Heading heading, String line, Value expression, Document document, String end) {

        public boolean succeeds() {
            return error().isEmpty();
        }

        OptionalInt error() {
            return end.startsWith("fails ")
                    ? OptionalInt.of(Integer.parseInt(end.substring(6)))
                    : OptionalInt.empty();
        }

        public Value result() {
            String json = end.substring("gives ".length());
            return json.equals("missing") ? Missing.INSTANCE : ExtendedJson.readValue(json);
        }
    }

    /** The examples of all scripts. */
    public static List<Example> all() {
        return FILES.stream().flatMap(name -> read("/expressions/" + name + ".txt")).toList();
    }

    private static Stream<Example> read(String resource) {
        List<Example> examples = new ArrayList<>();
        Heading heading = new Heading("", "");
        for (String line : text(resource).lines().toList()) {
            if (line.startsWith("## ")) {
                heading = Heading.of(line);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                examples.add(example(heading, line.strip()));
            }
        }
        return examples.stream();
    }

    private static Example example(Heading heading, String line) {
        int end = Math.max(line.lastIndexOf(" gives "), line.lastIndexOf(" fails "));
        if (end < 0) {
            throw new IllegalArgumentException("neither gives nor fails: " + line);
        }
        String start = line.substring(0, end);
        int on = start.lastIndexOf(" on {");
        String expression = on < 0 ? start : start.substring(0, on);
        String document = on < 0 ? "{}" : start.substring(on + 4);
        return new Example(
                heading,
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
