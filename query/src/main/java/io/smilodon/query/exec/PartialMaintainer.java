package io.smilodon.query.exec;

import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;

/**
 * Keeps entries of the documents only that match a filter: to the index, the others are not there.
 * Immutable and thread-safe.
 */
public record PartialMaintainer(IndexMaintainer unfiltered, Predicate filter)
        implements IndexMaintainer {

    @Override
    public IndexDefinition definition() {
        return unfiltered.definition();
    }

    @Override
    public IndexTraits update(
            Optional<Document> before,
            Optional<Document> after,
            byte[] idKey,
            Transaction transaction) {
        return unfiltered.update(
                before.filter(filter::matches), after.filter(filter::matches), idKey, transaction);
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return unfiltered.mayChangeAt(path) || isAskedAt(path, filter);
    }

    /** Whether what changes at this path, or below it, may change what a predicate says. */
    private static boolean isAskedAt(FieldPath path, Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> and.children().stream().anyMatch(c -> isAskedAt(path, c));
            case Predicate.Or or -> or.children().stream().anyMatch(c -> isAskedAt(path, c));
            case Predicate.Not not -> isAskedAt(path, not.child());
            case Predicate.At at -> at.path().isInLineWith(path);
            case Predicate.Computed computed -> true;
            case Predicate.Whole whole -> true;
        };
    }

    @Override
    public boolean canHold(Document document) {
        return !filter.matches(document) || unfiltered.canHold(document);
    }

    @Override
    public Optional<byte[]> idOf(IndexKey key, ReadView view) {
        return unfiltered.idOf(key, view);
    }

    @Override
    public IndexCursor open(IndexBounds bounds, Direction direction, ReadView view) {
        return unfiltered.open(bounds, direction, view);
    }
}
