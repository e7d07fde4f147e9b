package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.update.Replacement;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import io.smilodon.query.update.UpdateScope;
import io.smilodon.query.update.UpsertDocument;

/** What becomes of a document that matches, and of nothing that matches. Immutable. */
sealed interface Modification {

    /** Applies to a document that is there. */
    Change apply(CollectionWriter writer, StoredDocument before);

    /** Applies where nothing matches the filter. */
    Change applyToNothing(CollectionWriter writer, Document filter);

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
            return new Changing(parsed, matched, options.upsert(), variables.context().now());
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
            DateValue now = variables.context().now();
            return new Changing(parsed, Predicate.everything(), options.upsert(), now);
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

    static Modification deletion() {
        return new Deleting();
    }

    /**
     * An update.
     *
     * @param matched the filter of the update, if that wants to know which element matched
     */
    record Changing(Update update, Predicate matched, boolean isUpsert, DateValue now)
            implements Modification {

        @Override
        public Change apply(CollectionWriter writer, StoredDocument before) {
            UpdateContext context =
                    UpdateContext.ofUpdate(now)
                            .withMatched(matched.elementPosition(before.document()));
            Document after = update.apply(before.document(), context);
            if (after == before.document()) {
                return Change.unchanged(before);
            }
            writer.replace(before, after, update);
            return Change.replaced(before, after);
        }

        @Override
        public Change applyToNothing(CollectionWriter writer, Document filter) {
            if (!isUpsert) {
                return Change.NONE;
            }
            Document inserted = UpsertDocument.from(filter, update, UpdateContext.ofInsert(now));
            writer.insert(inserted, SizeLimit.OF_UPSERT);
            return Change.inserted(inserted);
        }
    }

    /** A removal. */
    record Deleting() implements Modification {

        @Override
        public Change apply(CollectionWriter writer, StoredDocument before) {
            writer.delete(before);
            return Change.deleted(before);
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
