package io.smilodon.database.hostile;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests that no text could bring: programs can nest documents as deep as they like. */
final class HostileDocuments {

    static final List<Integer> LEVELS = List.of(1_000, 100_000);

    /** Each makes a request of a value that is nested so deep. */
    static final Map<String, Function<Integer, Document>> BY_NAME =
            Map.of(
                    "a document in a filter", levels -> find(deep(levels, "a")),
                    "arrays in a filter", levels -> find(Document.of("a", arrays(levels))),
                    "$and in a filter", levels -> find(ands(levels)),
                    "$not in a filter", levels -> find(Document.of("a", deep(levels, "$not"))),
                    "$set of a document", levels -> update(Document.of("$set", deep(levels, "a"))),
                    "a replacement", levels -> update(deep(levels, "a")),
                    "a document to insert", HostileDocuments::insert,
                    "an expression", levels -> aggregate("$project", deep(levels, "a")),
                    "an operator", levels -> aggregate("$addFields", operators(levels)),
                    "a stage", levels -> aggregate("$match", deep(levels, "$nor")));

    private HostileDocuments() {}

    private static Document deep(int levels, String name) {
        Document document = Document.of(name, Value.of(1));
        for (int i = 1; i < levels; i++) {
            document = Document.of(name, document);
        }
        return document;
    }

    private static Value arrays(int levels) {
        Value value = Value.of(1);
        for (int i = 0; i < levels; i++) {
            value = ArrayValue.of(List.of(value));
        }
        return value;
    }

    private static Document ands(int levels) {
        Document filter = Document.of("a", Value.of(1));
        for (int i = 0; i < levels; i++) {
            filter = Document.of("$and", ArrayValue.of(List.of(filter)));
        }
        return filter;
    }

    private static Document operators(int levels) {
        Value value = Value.of(1);
        for (int i = 0; i < levels; i++) {
            value = Document.of("$not", ArrayValue.of(List.of(value)));
        }
        return Document.of("x", value);
    }

    private static Document find(Document filter) {
        return Document.of("find", Value.of("things")).with("filter", filter);
    }

    private static Document update(Document update) {
        Document statement = Document.of("q", Document.EMPTY).with("u", update);
        return Document.of("update", Value.of("things"))
                .with("updates", ArrayValue.of(List.of(statement)));
    }

    private static Document insert(int levels) {
        return Document.of("insert", Value.of("made"))
                .with("documents", ArrayValue.of(List.of(deep(levels, "a"))));
    }

    private static Document aggregate(String stage, Document operand) {
        return Document.of("aggregate", Value.of("things"))
                .with("cursor", Document.EMPTY)
                .with("pipeline", ArrayValue.of(List.of(Document.of(stage, operand))));
    }
}
