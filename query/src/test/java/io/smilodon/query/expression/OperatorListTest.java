package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The tables against the list of MongoDB's expression operators. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorListTest {

    private static Map<String, Set<String>> families() throws IOException {
        try (InputStream in =
                OperatorListTest.class.getResourceAsStream("/expressions/operators.list")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": "))
                    .collect(
                            Collectors.toMap(
                                    line -> line[0],
                                    line -> names(line[1]),
                                    (one, other) -> one,
                                    LinkedHashMap::new));
        }
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(" ")).map(name -> "$" + name).collect(Collectors.toSet());
    }

    private static SmilodonException refusal(String name) {
        Value written = Document.of(name, Value.of(1));
        return assertThrows(
                SmilodonException.class, () -> ExpressionParser.parse(written, Location.ROOT));
    }

    @Test
    void every_operator_is_in_a_table_or_refused_with_a_reason() throws IOException {
        Map<String, Set<String>> families = families();
        Set<String> known = new HashSet<>(ExpressionOperators.TABLE.names());
        known.addAll(RefusedOperators.names());
        known.addAll(families.remove("filter"));
        Set<String> missing = new TreeSet<>();
        families.values().forEach(missing::addAll);
        missing.removeAll(known);
        assertEquals(Set.of(), missing);
    }

    @Test
    void no_operator_is_both_known_and_refused() {
        for (String name : RefusedOperators.names()) {
            assertTrue(ExpressionOperators.TABLE.find(name).isEmpty(), name);
            assertEquals(115, refusal(name).code().number());
            assertTrue(refusal(name).hint().isPresent(), name);
        }
    }

    @Test
    void an_operator_with_a_letter_too_many_is_answered_with_a_suggestion() {
        for (String name : ExpressionOperators.TABLE.names()) {
            SmilodonException error = refusal(name + "z");
            assertEquals(168, error.code().number(), name);
            assertTrue(error.hint().orElse("").contains("did you mean $"), name);
        }
    }
}
