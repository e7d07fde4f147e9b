package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Merge;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.plan.Query;
import io.smilodon.query.update.DocumentRules;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the result of a pipeline together with what is in a collection, in parts that commit one
 * after the other, each document found and changed in one transaction. A document that fails leaves
 * the others of its part alone, but no further part is begun; what was written stays, as in
 * MongoDB.
 */
final class MergeWriter implements OutputWriter {

    private final Access access;
    private final Namespace target;
    private final Merge merge;
    private final Collation collation;
    private final Queries queries;
    private final CollectionWrites writes;
    private final EvaluationContext variables;

    /**
     * @param writes those of the collection
     * @param collation how the pipeline compares strings
     * @param variables what expressions see besides documents
     */
    MergeWriter(
            Access access,
            CollectionWrites writes,
            Merge merge,
            Collation collation,
            EvaluationContext variables) {
        this.access = access;
        this.target = writes.namespace();
        this.merge = merge;
        this.collation = collation;
        this.queries = new Queries(access);
        this.writes = writes;
        this.variables = variables;
    }

    @Override
    public void begin() {
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = access.instance().catalog().find(target, snapshot);
            if (!isUnique(entry)) {
                throw new SmilodonException(
                                ErrorCode.location(51183),
                                "Cannot find index to verify that join fields will be unique",
                                Map.of("on", merge.on(), "namespace", target))
                        .withHint("create a unique index on these fields");
            }
        }
    }

    /** Whether no two documents can agree in the fields, as the pipeline compares. */
    private boolean isUnique(Optional<CollectionEntry> entry) {
        if (merge.isOnId()) {
            return entry.map(CollectionEntry::collation).map(collation::equals).orElse(true);
        }
        List<IndexEntry> indexes = entry.map(CollectionEntry::indexes).orElse(List.of());
        return indexes.stream().anyMatch(this::makesUnique);
    }

    private boolean makesUnique(IndexEntry index) {
        List<FieldPath> fields =
                index.definition().pattern().parts().stream().map(part -> part.path()).toList();
        IndexOptions options = index.definition().options();
        return index.isReady()
                && options.unique()
                && options.partialFilter().isEmpty()
                && options.collation().equals(collation)
                && merge.isOn(fields);
    }

    @Override
    public void write(List<Document> documents) {
        if (documents.isEmpty()) {
            return;
        }
        documents.forEach(merge::requireKey);
        SteppedWrites.Part<Boolean> part =
                new SteppedWrites<Document, Boolean>(
                                work -> writes.runCreating(0, work).result(),
                                this::bring,
                                SteppedWrites.Mode.UNORDERED)
                        .run(documents.stream().map(this::withId).toList());
        if (!part.failures().isEmpty()) {
            throw part.failures().get(part.failures().firstKey());
        }
    }

    /** Given before the write, which may run twice. */
    private Document withId(Document incoming) {
        return merge.isOnId() ? DocumentRules.forInsert(incoming, Location.ROOT) : incoming;
    }

    private boolean bring(CollectionWriter writer, Document incoming) {
        if (merge.whenMatched() == Merge.Matched.FAIL) {
            return insert(writer, writes.filled(incoming)); // which fails if there is one
        }
        Optional<StoredDocument> existing = find(writer, incoming);
        return existing.isPresent()
                ? change(writer, existing.get(), incoming)
                : notMatched(writer, incoming);
    }

    private Optional<StoredDocument> find(CollectionWriter writer, Document incoming) {
        if (merge.isOnId()) {
            return writer.find(incoming.get(DocumentRules.ID));
        }
        Query query = Query.of(merge.matching(incoming)).withLimit(1).withCollation(collation);
        OperationContext operation = OperationContext.unlimited().under(collation);
        try (Cursor cursor =
                queries.plans()
                        .open(
                                queries.plans()
                                        .choose(query, writer.entry(), writer.view(), operation),
                                writer.entry(),
                                writer.view(),
                                operation)) {
            return cursor.advance()
                    ? writer.find(cursor.current().get(DocumentRules.ID))
                    : Optional.empty();
        }
    }

    private boolean change(CollectionWriter writer, StoredDocument before, Document incoming) {
        OperationContext operation = access.instance().operationBudget().begin(0);
        try {
            Update update = update(before.document(), incoming, operation);
            Document after = applied(update, before.document());
            if (after != before.document()) {
                writer.replace(before, after, update);
            }
            return true;
        } finally {
            operation.end();
        }
    }

    private Document applied(Update update, Document existing) {
        try {
            return update.apply(existing, UpdateContext.ofUpdate(variables.now()));
        } catch (SmilodonException failure) {
            throw failure.code().equals(ErrorCode.IMMUTABLE_FIELD) ? changedId() : failure;
        }
    }

    private Update update(Document existing, Document incoming, OperationContext operation) {
        return switch (merge.whenMatched()) {
            case Merge.Changed changed -> {
                EvaluationContext bound = changed.variables(incoming, variables);
                long others = variables.variablesBytes(); // which the pipeline's operation holds
                operation.holdingVariables(bound.variablesBytes() - others);
                yield Update.ofPipeline(changed.pipeline(), bound);
            }
            case Merge.Matched matched ->
                    switch (matched) {
                        case REPLACE ->
                                Update.ofReplacement(writes.filled(withSameId(existing, incoming)));
                        case MERGE -> Update.ofFields(withSameId(existing, incoming));
                        case KEEP_EXISTING -> Update.ofFields(Document.EMPTY);
                        case FAIL -> throw new AssertionError("that is an insert");
                    };
        };
    }

    private Document withSameId(Document existing, Document incoming) {
        Value id = incoming.get(DocumentRules.ID);
        if (id == Missing.INSTANCE
                || ValueOrder.ASCENDING.compare(id, existing.get(DocumentRules.ID)) == 0) {
            return incoming;
        }
        throw changedId();
    }

    private SmilodonException changedId() {
        return new SmilodonException(
                ErrorCode.IMMUTABLE_FIELD,
                "$merge failed to update the matching document, did you attempt to modify the"
                        + " _id or the shard key?",
                Map.of("namespace", target));
    }

    private boolean notMatched(CollectionWriter writer, Document incoming) {
        return switch (merge.whenNotMatched()) {
            case INSERT ->
                    insert(
                            writer,
                            merge.whenMatched() == Merge.Matched.REPLACE
                                    ? writes.filled(incoming)
                                    : incoming);
            case DISCARD -> true;
            case FAIL ->
                    throw new SmilodonException(
                            new ErrorCode(13113, "MergeStageNoMatchingDocument"),
                            "$merge could not find a matching document in the target collection"
                                    + " for at least one document in the source collection",
                            Map.of("namespace", target));
        };
    }

    private static boolean insert(CollectionWriter writer, Document incoming) {
        writer.insert(DocumentRules.forInsert(incoming, Location.ROOT), SizeLimit.OF_INSERT);
        return true;
    }

    @Override
    public void finish() {
        // Every part is there already.
    }

    @Override
    public void abandon() {
        // What is written stays.
    }
}
