package io.smilodon.query.predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Why documents fail a filter: rule 117 wants it told. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValidationFailureTest {

    @ParameterizedTest
    @CsvFileSource(
            resources = "/predicate/validation-failures.txt",
            delimiter = '|',
            quoteCharacter = '~',
            commentCharacter = '#',
            maxCharsPerColumn = 10_000)
    void rule_117_failures_tell_the_operator_the_reason_and_the_values(
            String filter, String document, String expected) {
        Predicate predicate = Matching.parse(filter.replace('\'', '"'));
        Document failing = Matching.read(document.replace('\'', '"'));

        assertEquals(false, predicate.matches(failing), "the document matches");
        assertEquals(
                Matching.read(expected.replace('\'', '"')),
                ValidationFailure.of(predicate, failing));
    }

    @Test
    void every_failure_of_a_random_filter_has_its_description() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        for (int i = 0; i < 5_000; i++) {
            Predicate predicate = PredicateParser.parse(random.filter());
            Document document = random.document();
            if (!predicate.matches(document)) {
                Document failure = ValidationFailure.of(predicate, document);
                assertTrue(
                        failure.has("operatorName") && failure.size() > 1,
                        () -> "seed " + seed + ": " + predicate + " on " + document);
            }
        }
    }

    /** The others become these, or are refused. */
    @Test
    void every_operator_of_a_field_has_its_reasons() {
        Set<String> operators = new TreeSet<>(FilterOperators.FIELD.names());
        operators.removeAll(Set.of("$all", "$not", "$options", "$within"));
        operators.removeAll(
                Set.of("$maxDistance", "$minDistance", "$near", "$nearSphere", "$uniqueDocs"));

        assertEquals(operators, new TreeSet<>(SpecifiedTest.REASONS.names()));
    }

    @Test
    void ten_values_are_shown_and_the_rest_is_cut() {
        Document failure = failureOf(10);
        assertEquals(10, ((ArrayValue) failure.get("consideredValues")).size());
        assertEquals(false, failure.has("consideredValuesTruncated"));

        failure = failureOf(11);
        assertEquals(10, ((ArrayValue) failure.get("consideredValues")).size());
        assertEquals(Value.of(true), failure.get("consideredValuesTruncated"));
    }

    private static Document failureOf(int values) {
        ArrayValue array = ArrayValue.of(Collections.nCopies(values, Value.of(1)));
        return ValidationFailure.of(Matching.parse("{\"a\": 2}"), Document.of("a", array));
    }

    @Test
    void a_description_that_is_too_large_is_left_out() {
        Document large = Document.of("a", Value.of("x".repeat(1 << 20)));
        ArrayValue filters =
                ArrayValue.of(
                        Collections.nCopies(13, Document.of("a", Document.of("$gt", Value.of(1)))));
        Predicate predicate = PredicateParser.parse(Document.of("$or", filters));

        assertEquals(
                Matching.read(
                        "{\"operatorName\": \"$or\","
                                + " \"reason\": \"the description of the failure is too large\"}"),
                ValidationFailure.of(predicate, large));
    }
}
