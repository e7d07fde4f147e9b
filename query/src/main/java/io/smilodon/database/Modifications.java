package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.update.DocumentRules;
import java.util.Optional;
import java.util.function.Function;

/**
 * Updates, replacements and deletions in one collection. Each is a statement, and others see it
 * while it looks for what it changes. Thread-safe.
 */
final class Modifications {

    private final Queries queries;
    private final CollectionWrites writes;
    private final ManyModifications many;
    private final VisibleOperations visible;

    Modifications(Access access, CollectionWrites writes) {
        this.queries = new Queries(access);
        this.writes = writes;
        this.many = new ManyModifications(queries, writes);
        this.visible = new VisibleOperations(access, writes.namespace());
    }

    // ---- One document

    UpdateResult updateOne(Document filter, Value update, UpdateOptions options) {
        return visible.write(
                "updateOne",
                filter,
                options.maxTimeMillis(),
                () -> {
                    Modification change = Modification.operators(filter, update, options);
                    return one(request(filter, options), change).toUpdateResult();
                });
    }

    UpdateResult replaceOne(Document filter, Document replacement, UpdateOptions options) {
        return visible.write(
                "replaceOne",
                filter,
                options.maxTimeMillis(),
                () -> {
                    Modification change =
                            Modification.replacement(writes.filled(replacement), options);
                    return one(request(filter, options), change).toUpdateResult();
                });
    }

    DeleteResult deleteOne(Document filter, DeleteOptions options) {
        return visible.write(
                "deleteOne",
                filter,
                options.maxTimeMillis(),
                () -> {
                    Change change = one(request(filter, options), Modification.deletion(options));
                    return new DeleteResult(change.before().isPresent() ? 1 : 0);
                });
    }

    FindAndModifyResult findOneAndUpdate(
            Document filter, Value update, FindAndModifyOptions options) {
        return visible.write(
                "findOneAndUpdate",
                filter,
                options.update().maxTimeMillis(),
                () -> {
                    Modification change = Modification.operators(filter, update, options.update());
                    return findAndModify(filter, change, options);
                });
    }

    FindAndModifyResult findOneAndReplace(
            Document filter, Document replacement, FindAndModifyOptions options) {
        return visible.write(
                "findOneAndReplace",
                filter,
                options.update().maxTimeMillis(),
                () -> {
                    Modification change =
                            Modification.replacement(writes.filled(replacement), options.update());
                    return findAndModify(filter, change, options);
                });
    }

    /** A document that is gone is returned as it was before. */
    FindAndModifyResult findOneAndDelete(Document filter, FindAndModifyOptions options) {
        return visible.write(
                "findOneAndDelete",
                filter,
                options.update().maxTimeMillis(),
                () -> {
                    if (options.returnsNew() || options.update().upsert()) {
                        throw new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE,
                                "A deletion neither inserts nor returns a new document");
                    }
                    return findAndModify(filter, Modification.deletion(options.update()), options);
                });
    }

    private FindAndModifyResult findAndModify(
            Document filter, Modification modification, FindAndModifyOptions options) {
        Collation collation =
                options.projection().isEmpty()
                        ? Collation.SIMPLE
                        : queries.collation(writes.namespace(), options.update().collation());
        Function<Document, Document> projection =
                ReturnedFields.of(filter, options, modification.variables(), collation.order());
        Change change = one(request(filter, options.update()), modification);
        Optional<Document> value =
                options.returnsNew()
                        ? change.after()
                        : change.before().map(StoredDocument::document);
        return new FindAndModifyResult(
                value.map(projection), change.before().isPresent(), change.upsertedId());
    }

    /** Finds and changes in one transaction: nobody comes between. */
    private Change one(FindRequest request, Modification modification) {
        writes.checkWritable();
        Function<CollectionWriter, Optional<StoredDocument>> finding =
                finding(request, modification);
        OperationContext operation = queries.holding(modification.variables());
        Function<CollectionWriter, Attempt<Change>> work =
                writer -> {
                    Change change =
                            finding.apply(writer)
                                    .map(stored -> modification.apply(writer, stored))
                                    .orElseGet(
                                            () ->
                                                    modification.applyToNothing(
                                                            writer, request.filter()));
                    return Attempt.commit(change);
                };
        long millis = request.maxTimeMillis();
        try {
            return modification.isUpsert()
                    ? writes.runCreating(millis, work).result()
                    : writes.run(millis, work).map(Done::result).orElse(Change.NONE);
        } finally {
            operation.end();
        }
    }

    /** How to find the first document that matches. */
    private Function<CollectionWriter, Optional<StoredDocument>> finding(
            FindRequest request, Modification modification) {
        Optional<Value> id = IdFilter.idOf(request);
        if (id.isPresent()) {
            return writer -> queries.findById(id.get(), writer);
        }
        Queries.Parsed asked = queries.parse(request, modification.variables());
        modification.checkFilter(asked.filter());
        Queries.Parsed query = writes.limits().within(asked);
        return writer ->
                queries.first(query, writer)
                        .flatMap(found -> writer.find(found.get(DocumentRules.ID)));
    }

    private static FindRequest request(Document filter, UpdateOptions options) {
        return FindRequest.ofFirst(filter, options);
    }

    private static FindRequest request(Document filter, DeleteOptions options) {
        return FindRequest.of(filter)
                .withHint(options.hint())
                .withMaxTimeMillis(options.maxTimeMillis())
                .withLet(options.let())
                .withCollation(options.collation());
    }

    /** How a write would find its documents, and what it would do to them. */
    Document explain(WriteRequest request, Verbosity verbosity) {
        writes.checkWritable();
        writes.refuseView();
        Modification change = Modification.of(request);
        FindRequest finding =
                request(request.filter(), request.options()).withLimit(request.isMany() ? 0 : 1);
        Queries.Parsed query = queries.parse(finding, change.variables());
        change.checkFilter(query.filter());
        boolean returnsNew = request.returned() == WriteRequest.Returned.AFTER;
        Optional<Projection> projecting =
                ReturnedFields.explained(query, request.projection(), returnsNew);
        return new Explanations(queries.access(), writes.namespace())
                .ofWrite(
                        query,
                        order -> new WriteTally(request, change, order).projecting(projecting),
                        verbosity);
    }

    // ---- Every document that matches

    UpdateResult updateMany(Document filter, Value update, UpdateOptions options) {
        return visible.write(
                "updateMany",
                filter,
                options.maxTimeMillis(),
                () -> {
                    if (!options.sort().isEmpty()) {
                        throw new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE, "Cannot specify sort with multi=true");
                    }
                    Modification change = Modification.operators(filter, update, options);
                    FindRequest request = request(filter, options).withLimit(0);
                    ManyModifications.Total total = many.run(request, change);
                    if (total.matchedCount() == 0 && options.upsert()) {
                        return one(request.withLimit(1), change).toUpdateResult();
                    }
                    return new UpdateResult(
                            total.matchedCount(), total.modifiedCount(), Optional.empty());
                });
    }

    DeleteResult deleteMany(Document filter, DeleteOptions options) {
        return visible.write(
                "deleteMany",
                filter,
                options.maxTimeMillis(),
                () -> {
                    ManyModifications.Total total =
                            many.run(request(filter, options), Modification.deletion(options));
                    return new DeleteResult(total.modifiedCount());
                });
    }
}
