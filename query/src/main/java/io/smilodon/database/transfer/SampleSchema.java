package io.smilodon.database.transfer;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some documents of a collection, taken by chance, tell of its fields: types, how many
 * documents have them, ranges, frequent values. Used once, by one thread.
 */
public final class SampleSchema {

    /** Documents in a sample. */
    public static final int SAMPLE_MAX = 100_000;

    /** Paths that are told of; of documents with ever new fields the others are left out. */
    static final int PATHS_MAX = 1_000;

    private final Map<String, FieldSchema> fields = new TreeMap<>();
    private long sampled;
    private boolean isCut;

    private SampleSchema() {}

    /**
     * Looks at a sample.
     *
     * @param size how many documents, at most {@link #SAMPLE_MAX}
     * @throws SmilodonException {@code BadValue} for another size
     */
    public static Document of(DocumentCollection collection, int size) {
        if (size < 1 || size > SAMPLE_MAX) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "A sample has a limited size",
                            Map.of("actual", size, "min", 1, "max", SAMPLE_MAX))
                    .at(Location.ROOT.child("sample"));
        }
        SampleSchema schema = new SampleSchema();
        Document sample = Document.of("$sample", Document.of("size", Value.of(size)));
        try (DocumentCursor cursor =
                collection.aggregate(List.of(sample), AggregateOptions.DEFAULTS)) {
            cursor.forEachRemaining(schema::add);
        }
        return schema.toDocument(collection);
    }

    private void add(Document document) {
        addFields(document, "");
        sampled++;
    }

    private void addFields(Document document, String prefix) {
        for (Field field : document) {
            Steps.take();
            addValue(field.value(), prefix + field.name());
        }
    }

    private void addValue(Value value, String path) {
        FieldSchema known = fields.get(path);
        if (known == null) {
            if (fields.size() == PATHS_MAX) {
                isCut = true;
                return;
            }
            known = fields.computeIfAbsent(path, same -> new FieldSchema());
        }
        known.add(value, sampled);
        switch (value) {
            case Document inner -> addFields(inner, path + ".");
            case ArrayValue array -> {
                for (Value element : array) {
                    Steps.take();
                    addValue(element, path + "[]");
                }
            }
            default -> {}
        }
    }

    private Document toDocument(DocumentCollection collection) {
        List<Value> shown = new ArrayList<>();
        fields.forEach((path, field) -> shown.add(field.toDocument(path, sampled)));
        return Document.builder()
                .put("ns", collection.namespace().toString())
                .put("documents", collection.estimatedCount())
                .put("sampled", sampled)
                .put("isCut", isCut)
                .put("fields", ArrayValue.of(shown))
                .build();
    }
}
