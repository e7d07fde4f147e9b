package io.smilodon.database.action;

import io.smilodon.database.Batch;
import io.smilodon.database.CursorRegistry;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The actions that read. */
final class ReadActions {

    private static final String BATCH_SIZE = ReadOptions.BATCH_SIZE;
    private static final String EXPLAIN_FIELD = "explain";
    private static final String PIPELINE = "pipeline";
    private static final String SINGLE_BATCH = "singleBatch";
    private static final String VERBOSITY = "verbosity";

    static final Action FIND =
            Action.reading(
                    shaped().optional(FieldKind.NUMBER, BATCH_SIZE)
                            .optional(FieldKind.BOOLEAN, SINGLE_BATCH, ReadOptions.NO_TIMEOUT),
                    ReadActions::find);

    static final Action FIND_ONE = Action.reading(shaped(), ReadActions::findOne);

    static final Action COUNT = Action.reading(select(), ReadActions::count);

    static final Action DISTINCT =
            Action.reading(select().required(FieldKind.STRING, "key"), ReadActions::distinct);

    static final Action AGGREGATE =
            Action.reading(
                    WriteConcern.rules(pipeline())
                            .required(FieldKind.ARRAY, PIPELINE)
                            .optional(FieldKind.BOOLEAN, Action.BYPASS, Action.KEEPS_EMPTY)
                            .optional(FieldKind.STRING, EXPLAIN_FIELD),
                    ReadActions::aggregate);

    /** A find, or an aggregation if there is a pipeline, that is explained. */
    static final Action EXPLAIN =
            Action.reading(
                    pipeline()
                            .optional(FieldKind.ARRAY, PIPELINE)
                            .optional(FieldKind.OBJECT, "filter", "projection", "sort")
                            .optional(FieldKind.OBJECT, "min", "max")
                            .optional(FieldKind.NUMBER, "skip", "limit")
                            .optional(FieldKind.STRING, VERBOSITY),
                    (collection, body) -> explain(collection, body, VERBOSITY));

    private ReadActions() {}

    private static BodyRules.Builder select() {
        return BodyRules.builder()
                .optional(FieldKind.OBJECT, "filter", "let", "collation")
                .optional(FieldKind.NUMBER, "skip", "limit", "maxTimeMS")
                .optional(FieldKind.STRING_OR_OBJECT, "hint")
                .optional(FieldKind.STRING, EXPLAIN_FIELD);
    }

    /** A selection that returns documents, in an order and a form. */
    private static BodyRules.Builder shaped() {
        return select().optional(FieldKind.OBJECT, "projection", "sort", "min", "max")
                .optional(FieldKind.BOOLEAN, "allowDiskUse", "returnKey", "showRecordId");
    }

    private static BodyRules.Builder pipeline() {
        return BodyRules.builder()
                .optional(FieldKind.OBJECT, "cursor", "let", "collation")
                .optional(FieldKind.NUMBER, BATCH_SIZE, "maxTimeMS")
                .optional(FieldKind.BOOLEAN, "allowDiskUse")
                .optional(FieldKind.STRING_OR_OBJECT, "hint");
    }

    private static Document find(DocumentCollection collection, Body body) {
        if (body.has(EXPLAIN_FIELD)) {
            return explain(collection, body, EXPLAIN_FIELD);
        }
        OptionalInt batchSize = body.count(BATCH_SIZE);
        CursorRegistry.checkBatchSize(batchSize);
        boolean isSingle = body.flag(SINGLE_BATCH, false);
        return firstBatch(
                collection,
                () -> ReadOptions.kept(collection.find(ReadOptions.find(body)), body),
                batchSize,
                isSingle);
    }

    private static Document aggregate(DocumentCollection collection, Body body) {
        if (body.has(EXPLAIN_FIELD)) {
            return explain(collection, body, EXPLAIN_FIELD);
        }
        OptionalInt ofCursor = ReadOptions.batchSize(body);
        OptionalInt batchSize = ofCursor.isPresent() ? ofCursor : body.count(BATCH_SIZE);
        CursorRegistry.checkBatchSize(batchSize);
        DocumentCollection written = WriteConcern.applied(collection, body);
        return firstBatch(
                collection,
                () -> written.aggregate(body.documents(PIPELINE), ReadOptions.aggregate(body)),
                batchSize,
                false);
    }

    private static Document firstBatch(
            DocumentCollection collection,
            Supplier<DocumentCursor> read,
            OptionalInt batchSize,
            boolean isSingle) {
        long start = System.nanoTime();
        CursorRegistry cursors = collection.database().smilodon().cursors();
        Batch batch =
                isSingle
                        ? cursors.only(read.get(), batchSize)
                        : cursors.first(read.get(), batchSize);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return Document.builder()
                .put("documents", ArrayValue.of(batch.documents()))
                .put("cursor", cursor(batch))
                .put("took", new Int32Value((int) millis))
                .put("plan", batch.planSummary())
                .build();
    }

    private static Document cursor(Batch batch) {
        Value id = batch.cursorId().<Value>map(StringValue::new).orElse(NullValue.INSTANCE);
        return Document.builder().put("id", id).put("ns", batch.source()).build();
    }

    private static Document findOne(DocumentCollection collection, Body body) {
        if (body.has(EXPLAIN_FIELD)) {
            return explain(collection, body, EXPLAIN_FIELD);
        }
        Value found =
                collection
                        .findOne(ReadOptions.find(body))
                        .<Value>map(d -> d)
                        .orElse(NullValue.INSTANCE);
        return Document.of("document", found);
    }

    private static Document count(DocumentCollection collection, Body body) {
        if (body.has(EXPLAIN_FIELD)) {
            return explain(collection, body, EXPLAIN_FIELD);
        }
        return Document.of("count", Value.of(collection.count(ReadOptions.find(body))));
    }

    private static Document distinct(DocumentCollection collection, Body body) {
        String path = body.text("key").orElseThrow();
        FindRequest request = ReadOptions.find(body);
        if (body.has(EXPLAIN_FIELD)) {
            Verbosity verbosity = Verbosity.ofName(body.text(EXPLAIN_FIELD).orElseThrow());
            return collection.explainDistinct(path, request, verbosity);
        }
        return Document.of("values", ArrayValue.of(collection.distinct(path, request)));
    }

    private static Document explain(DocumentCollection collection, Body body, String field) {
        Verbosity verbosity =
                body.text(field).map(Verbosity::ofName).orElse(Verbosity.QUERY_PLANNER);
        return body.has(PIPELINE)
                ? collection.explain(
                        body.documents(PIPELINE), ReadOptions.aggregate(body), verbosity)
                : collection.explain(ReadOptions.find(body), verbosity);
    }
}
