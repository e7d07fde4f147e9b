package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.update.Replacement;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import io.smilodon.query.update.UpdateScope;
import io.smilodon.query.update.UpsertDocument;
import java.util.Optional;

/** What becomes of a document that matches, and of nothing that matches. Immutable. */
sealed interface Modification {

    /** Applies to a document that is there. */
    Change apply(CollectionWriter writer, StoredDocument before);

    /** Applies where nothing matches the filter. */
    Change applyToNothing(CollectionWriter writer, Document filter);

    /** Whether a document would be another one afterwards, or gone. */
    boolean changes(Document before, ValueOrder order);

    /** The variables of the operation, and its instant. */
    BoundVariables variables();

    /** Whether {@link #applyToNothing} may insert a document. */
    boolean isUpsert();

    /** Refuses filters from which an upsert could not make a document. */
    default void checkFilter(Predicate filter) {
        if (isUpsert() && filter.hasExpressions()) {
            throw new SmilodonException(
                            ErrorCode.QUERY_FEATURE_NOT_ALLOWED,
                            "$expr is not allowed in the query predicate for an upsert")
                    .at(Location.ROOT.child("filter"));
        }
    }

    /** What a request asks for. */
    static Modification of(WriteRequest request) {
        return switch (request.kind()) {
            case UPDATE_ONE, UPDATE_MANY ->
                    operators(request.filter(), request.update(), request.options());
            case REPLACE_ONE -> replacement((Document) request.update(), request.options());
            case DELETE_ONE, DELETE_MANY -> deletion(request.options());
        };
    }

    /** Update operators or a pipeline; a replacement is refused. */
    static Modification operators(Document filter, Value update, UpdateOptions options) {
        Location place = Location.ROOT.child("update");
        BoundVariables variables = Queries.variables(options.let());
        Update parsed = Update.parse(update, scope(place, options, variables));
        if (!(parsed instanceof Replacement)) {
            // Which element matched is asked only where the update wants to know.
            Predicate matched =
                    parsed.usesMatch()
                            ? Queries.parseFilter(filter, variables)
                            : Predicate.everything();
            return new Changing(
                    parsed,
                    new OrderedFilter(matched),
                    options.upsert(),
                    Operation.of(variables, options));
        }
        throw new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "The update operation document must contain atomic operators")
                .at(place)
                .withHint("to replace the whole document use replaceOne");
    }

    /** A document in the place of another; update operators are refused. */
    static Modification replacement(Document document, UpdateOptions options) {
        Location place = Location.ROOT.child("replacement");
        BoundVariables variables = Queries.variables(options.let());
        Update parsed = Update.parse(document, scope(place, options, variables));
        if (parsed instanceof Replacement) {
            return new Changing(
                    parsed,
                    new OrderedFilter(Predicate.everything()),
                    options.upsert(),
                    Operation.of(variables, options));
        }
        throw new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "The replace operation document must not contain atomic operators")
                .at(place)
                .withHint("to change fields use updateOne");
    }

    private static UpdateScope scope(
            Location place, UpdateOptions options, BoundVariables variables) {
        return new UpdateScope(place, options.arrayFilters(), variables, options.constants());
    }

    static Modification deletion(DeleteOptions options) {
        return new Deleting(Queries.variables(options.let()));
    }

    static Modification deletion(UpdateOptions options) {
        return new Deleting(Queries.variables(options.let()));
    }

    /**
     * What an update knows of its operation.
     *
     * @param variables those of the operation, and its instant
     * @param collation the one that the operation names
     */
    record Operation(BoundVariables variables, Optional<Collation> collation) {

        static Operation of(BoundVariables variables, UpdateOptions options) {
            return new Operation(variables, Collations.named(options.collation()));
        }

        DateValue now() {
            return variables.now();
        }

        ValueOrder order(CollectionWriter writer) {
            return collation.orElse(writer.entry().collation()).order();
        }
    }

    /**
     * An update.
     *
     * @param matched the filter of the update, if that wants to know which element matched
     */
    record Changing(Update update, OrderedFilter matched, boolean isUpsert, Operation operation)
            implements Modification {

        @Override
        public BoundVariables variables() {
            return operation.variables;
        }

        @Override
        public Change apply(CollectionWriter writer, StoredDocument before) {
            WriteLimits limits = writer.limits();
            Document after = limits.changed(changed(before.document(), operation.order(writer)));
            if (after == before.document()) {
                return Change.unchanged(before);
            }
            writer.replace(before, after, limits.with(update));
            return Change.replaced(before, after);
        }

        private Document changed(Document before, ValueOrder order) {
            Predicate filter = matched.under(order);
            UpdateContext context =
                    UpdateContext.ofUpdate(operation.now())
                            .under(order)
                            .withMatched(filter.elementPosition(before));
            return update.apply(before, context);
        }

        @Override
        public boolean changes(Document before, ValueOrder order) {
            return changed(before, order) != before;
        }

        @Override
        public Change applyToNothing(CollectionWriter writer, Document filter) {
            if (!isUpsert) {
                return Change.NONE;
            }
            UpdateContext context =
                    UpdateContext.ofInsert(operation.now()).under(operation.order(writer));
            Document inserted =
                    writer.limits().inserted(UpsertDocument.from(filter, update, context));
            writer.insert(inserted, SizeLimit.OF_UPSERT);
            return Change.inserted(inserted);
        }
    }

    /** A removal. */
    record Deleting(BoundVariables variables) implements Modification {

        @Override
        public Change apply(CollectionWriter writer, StoredDocument before) {
            writer.delete(before);
            return Change.deleted(before);
        }

        @Override
        public boolean changes(Document before, ValueOrder order) {
            return true;
        }

        @Override
        public Change applyToNothing(CollectionWriter writer, Document filter) {
            return Change.NONE;
        }

        @Override
        public boolean isUpsert() {
            return false;
        }
    }
}
