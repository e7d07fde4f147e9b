package io.smilodon.query.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of test cases: blocks of lines {@code keyword text}, an empty line between blocks,
 * comments after {@code #}. A line that starts with a blank continues the one before.
 */
public final class Script {

    private Script() {}

    /** Reads the cases of a resource. */
    public static List<Case> cases(String resource) {
        List<Case> cases = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        int line = 0;
        int start = 0;
        for (String text : (Lines.read(resource) + "\n\n").split("\n", -1)) {
            line++;
            if (text.startsWith("#")) {
                continue;
            }
            if (text.isBlank()) {
                if (!fields.isEmpty()) {
                    cases.add(new Case(resource + ":" + start, Map.copyOf(fields)));
                    fields.clear();
                }
            } else if (text.startsWith(" ")) {
                fields.merge(last, text, String::concat);
            } else {
                start = fields.isEmpty() ? line : start;
                String[] parts = text.split(" +", 2);
                last = parts[0];
                fields.put(last, parts.length > 1 ? parts[1] : "");
            }
        }
        return cases;
    }

    /**
     * One block.
     *
     * @param name file and line
     * @param fields the lines by their keywords
     */
    public record Case(String name, Map<String, String> fields) {

        public boolean has(String keyword) {
            return fields.containsKey(keyword);
        }

        public String get(String keyword) {
            return fields.get(keyword);
        }

        /** Compares with {@code error NUMBER NAME [POINTER]}. */
        public void assertError(SmilodonException error) {
            String[] expected = get("error").trim().split(" +");
            String actual = error.code().number() + " " + error.code().name();
            assertEquals(expected[0] + " " + expected[1], actual, error.getMessage());
            if (expected.length > 2) {
                assertEquals(
                        expected[2], error.location().map(Location::pointer).orElse("none"), name);
            }
        }
    }
}
