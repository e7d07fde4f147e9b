package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.Query;
import io.smilodon.query.predicate.Predicate;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the reader of a {@link TailCursor} wants. Immutable.
 *
 * @param limit documents at most; 0 for no limit
 * @param awaitsData whether it waits for documents that are not there yet
 * @param operation holds the variables that the rest knows; ended with the cursor
 */
record TailRequest(
        Predicate filter,
        UnaryOperator<Document> projection,
        long skip,
        long limit,
        boolean awaitsData,
        OperationContext operation) {

    private static final Document INSERTION_ORDER = Document.of(Hint.NATURAL, Value.of(1));

    /**
     * Opens a cursor on what is there and will be.
     *
     * @throws SmilodonException {@code BadValue} if the collection is not capped, or for another
     *     order than that of insertion; {@code InvalidPipelineOperator} for a view
     */
    static TailCursor open(
            Access access, Namespace namespace, FindRequest written, boolean awaitsData) {
        access.requireNewest("a tailable find");
        requireInsertionOrder(written);
        Queries queries = new Queries(access);
        Queries.Parsed parsed = queries.parse(written);
        queries.settled(namespace, () -> RequestShape.ofFind(namespace, parsed)).check();
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = access.instance().catalog().find(namespace, snapshot);
            entry.ifPresent(TailRequest::requireCapped);
            Query query = entry.map(parsed::on).orElse(parsed).query();
            OperationContext operation = parsed.operation(access).under(query.collation());
            TailRequest request =
                    new TailRequest(
                            query.filter(),
                            projection(query, operation),
                            query.skip(),
                            query.limit(),
                            awaitsData,
                            operation);
            return new TailCursor(access, namespace, entry, request);
        }
    }

    private static void requireInsertionOrder(FindRequest written) {
        if (!written.sort().isEmpty() && !isInsertionOrder(written.sort())) {
            throw refused(
                    "cannot use tailable option with a sort other than {$natural: 1}", "sort");
        }
        boolean isHintFree = written.hint() == Missing.INSTANCE || isInsertionOrder(written.hint());
        if (!isHintFree || !written.range().isAll()) {
            throw refused("cannot use tailable option with an index", "hint");
        }
    }

    private static boolean isInsertionOrder(Value order) {
        return ValueOrder.ASCENDING.compare(order, INSERTION_ORDER) == 0;
    }

    private static SmilodonException refused(String text, String field) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text).at(Location.ROOT.child(field));
    }

    private static void requireCapped(CollectionEntry entry) {
        if (Views.isView(entry)) {
            throw new SmilodonException(
                            ErrorCode.INVALID_PIPELINE_OPERATOR,
                            "Option not supported in aggregation",
                            Map.of("option", "tailable"))
                    .at(Location.ROOT.child("tailable"));
        }
        if (!entry.isCapped()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "error processing query: tailable cursor requested on non capped"
                                    + " collection",
                            Map.of("namespace", entry.namespace()))
                    .at(Location.ROOT.child("tailable"));
        }
    }

    private static UnaryOperator<Document> projection(Query query, OperationContext operation) {
        return switch (query.output()) {
            case Query.Output.Projected projected ->
                    document -> projected.projection().apply(operation.evaluationOn(document));
            case Query.Output.Keys keys -> document -> Document.EMPTY; // no index leads to them
            case Query.Output.OneOfEach one -> UnaryOperator.identity();
            case Query.Output.Whole whole -> UnaryOperator.identity();
            case Query.Output.Needed needed -> UnaryOperator.identity();
            case Query.Output.Annotated annotated -> UnaryOperator.identity();
            case Query.Output.Counted counted -> UnaryOperator.identity();
        };
    }
}
