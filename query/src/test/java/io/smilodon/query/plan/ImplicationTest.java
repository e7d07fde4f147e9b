package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a partial index has all that a filter finds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImplicationTest {

    private static Predicate parsed(String filter) {
        return NormalForm.of(
                PredicateParser.parse(ExtendedJson.readDocument(filter.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'c': {'$gt': 1}}                                | {'c': {'$gte': 0}}   | true",
                "{'c': {'$elemMatch': {'$gte': 1, '$lte': 3}}}    | {'c': {'$gte': 0}}   | true",
                "{'c.d': {'$elemMatch': {'$gte': 1, '$lte': 3}}}  | {'c.d': {'$gte': 0}} | true",
                "{'c.1': {'$gt': 1}}                              | {'c.1': {'$gte': 0}} | true",
                "{'c.1': {'$elemMatch': {'$gte': 1, '$lte': 3}}}  | {'c.1': {'$gte': 0}} | false",
                "{'c.1.d': {'$elemMatch': {'$gte': 1}}}           | {'c.1.d': {'$gte': 0}} | true",
            })
    void of_elements_by_their_place_nothing_is_asked_of_their_own_elements(
            String filter, String wanted, boolean isImplied) {
        Implication implication = new Implication(true);
        assertEquals(
                isImplied, implication.holds(NormalForm.conjuncts(parsed(filter)), parsed(wanted)));
    }
}
