package io.smilodon.query.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.expression.EvaluationContext;
import java.util.Set;

/** Projections of documents, all written as JSON with single quotes. */
final class Projecting {

    private Projecting() {}

    static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }

    static Projection find(String projection) {
        return ProjectionParser.forFind(json(projection), Location.ROOT);
    }

    static Projection project(String stage) {
        return ProjectionParser.project(json(stage), Location.ROOT, Set.of());
    }

    static Projection addFields(String stage) {
        return ProjectionParser.addFields(json(stage), Location.ROOT, Set.of());
    }

    static Document apply(Projection projection, Document document) {
        return projection.apply(EvaluationContext.of(document, new DateValue(0)));
    }

    static void assertProjects(Projection projection, String document, String result) {
        assertEquals(json(result), apply(projection, json(document)));
    }

    static void assertRefuses(int code, Runnable parsing) {
        SmilodonException error = assertThrows(SmilodonException.class, parsing::run);
        assertEquals(code, error.code().number(), error.getMessage());
        assertTrue(error.location().isPresent(), error.getMessage());
    }
}
