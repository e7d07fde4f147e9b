package io.smilodon.index.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file of test cases: a line of input, then a line of result; {@code #} starts a comment. */
public final class Script {

    /** A line of a script and its number. */
    public record Line(int number, String text) {

        public boolean is(String keyword) {
            return text.equals(keyword) || text.startsWith(keyword + " ");
        }

        /** What stands behind the first word. */
        public String rest() {
            int space = text.indexOf(' ');
            return space < 0 ? "" : text.substring(space + 1);
        }

        @Override
        public String toString() {
            return "line " + number + ": " + text;
        }
    }

    private Script() {}

    /** The lines of a resource without comments and empty lines. */
    public static List<Line> lines(String resource) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : read(resource).split("\n", -1)) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(new Line(number, text));
            }
        }
        return lines;
    }

    private static String read(String resource) {
        try (InputStream stream = Script.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
