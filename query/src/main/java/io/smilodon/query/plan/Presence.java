package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.index.key.KeyPart;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.predicate.Predicate;
import java.util.List;

/**
 * Whether a filter demands that a document has one of an index's fields. A sparse index leaves out
 * the documents that have none, so it serves only such filters.
 */
final class Presence {

    private Presence() {}

    static boolean isDemanded(IndexCandidate index, List<Predicate> conjuncts) {
        return conjuncts.stream().anyMatch(conjunct -> isDemanded(index, conjunct));
    }

    private static boolean isDemanded(IndexCandidate index, Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> isDemanded(index, and.children());
            case Predicate.Or or -> or.children().stream().allMatch(c -> isDemanded(index, c));
            case Predicate.At at ->
                    isIndexed(index, at.path()) && !at.test().test(Missing.INSTANCE);
            case Predicate.Not not -> isDemandedByNegation(index, not.child());
            case Predicate.Computed computed -> isDemanded(index, computed.ranges());
            case Predicate.Whole whole -> false;
        };
    }

    /** Longer paths may end at an array without documents, where nothing is tested at all. */
    private static boolean isDemandedByNegation(IndexCandidate index, Predicate child) {
        return child instanceof Predicate.At at
                && at.path().length() == 1
                && isIndexed(index, at.path())
                && at.test().test(Missing.INSTANCE);
    }

    /** The same of longer paths: expressions see an array in the place of absent fields. */
    private static boolean isDemanded(IndexCandidate index, FieldRanges ranges) {
        return index.pattern().parts().stream()
                .map(KeyPart::path)
                .anyMatch(
                        path ->
                                path.length() == 1
                                        && !ranges.at(path).contains(NullValue.INSTANCE));
    }

    private static boolean isIndexed(IndexCandidate index, FieldPath path) {
        return index.pattern().parts().stream().anyMatch(part -> part.path().equals(path));
    }
}
