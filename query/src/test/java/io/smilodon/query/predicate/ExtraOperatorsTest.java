package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** CouchDB's operators, and the one of chance. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExtraOperatorsTest {

    @Test
    void beginsWith_matches_strings_and_elements_by_their_start() {
        String filter = "{\"a\": {\"$beginsWith\": \"Ab.\"}}";
        assertMatches(filter, "{\"a\": \"Ab.\"}", "{\"a\": \"Ab.c\"}", "{\"a\": [1, \"Ab.c\"]}");
        assertMatches(filter, "{\"a\": {\"$symbol\": \"Ab.c\"}}");
        assertMatchesNone(
                filter, "{\"a\": \"ab.\"}", "{\"a\": \"Abc\"}", "{\"a\": \"xAb.\"}", "{\"a\": 1}");
        assertMatchesNone(filter, "{}", "{\"a\": null}", "{\"a\": [[\"Ab.\"]]}");
        assertMatches("{\"a\": {\"$beginsWith\": \"\"}}", "{\"a\": \"\"}", "{\"a\": \"x\"}");
        assertMatchesNone("{\"a\": {\"$beginsWith\": \"\"}}", "{\"a\": 1}", "{}");
        assertMatches("{\"a\": {\"$not\": {\"$beginsWith\": \"x\"}}}", "{}", "{\"a\": \"y\"}");
    }

    @Test
    void allMatch_needs_every_element_to_pass_and_at_least_one() {
        String ofValues = "{\"a\": {\"$allMatch\": {\"$gte\": 2, \"$lt\": 5}}}";
        assertMatches(ofValues, "{\"a\": [2]}", "{\"a\": [2, 3, 4.5]}");
        assertMatchesNone(
                ofValues, "{\"a\": []}", "{\"a\": [2, 5]}", "{\"a\": 3}", "{\"a\": [[3]]}", "{}");
        String ofFields = "{\"a\": {\"$allMatch\": {\"b\": 1, \"c\": {\"$exists\": true}}}}";
        assertMatches(ofFields, "{\"a\": [{\"b\": 1, \"c\": 2}, {\"c\": null, \"b\": [1]}]}");
        assertMatchesNone(
                ofFields,
                "{\"a\": [{\"b\": 1, \"c\": 2}, {\"b\": 1}]}",
                "{\"a\": [{\"b\": 1, \"c\": 2}, 5]}",
                "{\"a\": {\"b\": 1, \"c\": 2}}",
                "{\"a\": []}");
    }

    @Test
    void keyMapMatch_needs_one_key_to_pass_every_test() {
        String filter = "{\"a\": {\"$keyMapMatch\": {\"$regex\": \"^x\", \"$ne\": \"xy\"}}}";
        assertMatches(filter, "{\"a\": {\"xz\": 1}}", "{\"a\": {\"b\": 1, \"x\": 2}}");
        assertMatches(filter, "{\"a\": [1, {\"x\": 2}]}");
        assertMatchesNone(
                filter, "{\"a\": {\"xy\": 1, \"b\": 2}}", "{\"a\": {}}", "{\"a\": \"x\"}", "{}");
        assertMatches(
                "{\"a\": {\"$keyMapMatch\": {\"$eq\": \"second\"}}}", "{\"a\": {\"second\": 1}}");
    }

    @Test
    void sampleRate_lets_its_share_of_the_documents_through() {
        Predicate predicate = Matching.parse("{\"$sampleRate\": 0.3}");

        long passed =
                IntStream.range(0, 10_000).filter(i -> predicate.matches(Document.EMPTY)).count();

        assertTrue(passed > 2_700 && passed < 3_300, () -> "passed: " + passed); // 6.5 sigma
    }

    @Test
    void sampleRate_of_none_and_all_is_no_chance() {
        assertEquals(Predicate.nothing(), Matching.parse("{\"$sampleRate\": 0}"));
        assertEquals(Predicate.everything(), Matching.parse("{\"$sampleRate\": 1.0}"));
        assertEquals(
                Matching.read("{\"$sampleRate\": 0.5}"),
                Matching.parse("{\"$sampleRate\": 0.5}").toDocument());
    }
}
