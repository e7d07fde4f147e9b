package io.smilodon.query.predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;

/** Filters and documents as JSON, for tests of what matches. */
final class Matching {

    private Matching() {}

    static boolean matches(String filter, String document) {
        return parse(filter).matches(read(document));
    }

    static Predicate parse(String filter) {
        return PredicateParser.parse(read(filter));
    }

    static Document read(String json) {
        return ExtendedJson.readDocument(json);
    }

    static void assertMatches(String filter, String... documents) {
        assertAll(true, filter, documents);
    }

    static void assertMatchesNone(String filter, String... documents) {
        assertAll(false, filter, documents);
    }

    private static void assertAll(boolean expected, String filter, String... documents) {
        for (String document : documents) {
            assertEquals(expected, matches(filter, document), () -> filter + " on " + document);
        }
    }
}
