package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.List;

/**
 * Tells why a query cannot be answered through an index. Immutable.
 *
 * @param conjuncts of the query's filter, in normal form
 */
record UselessIndexes(Query query, List<Predicate> conjuncts) {

    Reason reason(IndexCandidate index) {
        PartKind kind = index.definition().pattern().kind();
        if (kind == PartKind.TEXT) {
            return Reason.ONLY_FOR_TEXT;
        }
        if (TextTest.in(query.filter()).isPresent()) {
            return Reason.TEXT_IN_FILTER;
        }
        return switch (kind) {
            case SPHERE, PLANE -> index.lack(withoutNearest()).orElseGet(() -> ofPlaces(index));
            default -> asksForNearest() ? Reason.NEAREST_IN_FILTER : ofKeys(index);
        };
    }

    private boolean asksForNearest() {
        return withoutNearest().size() < conjuncts.size();
    }

    private List<Predicate> withoutNearest() {
        return conjuncts.stream()
                .filter(one -> !(one instanceof Predicate.At at && at.test() instanceof Near))
                .toList();
    }

    /** Places that lie behind another field are of use if that is asked about, too. */
    private Reason ofPlaces(IndexCandidate index) {
        boolean isAsked = false;
        for (int part = 0; part < index.pattern().length(); part++) {
            FieldPath path = index.pattern().part(part).path();
            for (Predicate conjunct : conjuncts) {
                isAsked |=
                        conjunct instanceof Predicate.At at
                                && at.path().equals(path)
                                && GeoBounds.of(index, part, at.test()).isPresent();
            }
        }
        return isAsked ? Unbounded.reason(index, conjuncts) : Reason.NO_PLACE_IN_FILTER;
    }

    private Reason ofKeys(IndexCandidate index) {
        if (index.definition().pattern().kind() == PartKind.WILDCARD) {
            return Reason.NO_PATH_IN_FILTER;
        }
        Reason reason = Unbounded.reason(index, conjuncts);
        return reason == Reason.FIRST_FIELD_NOT_IN_FILTER
                        && !index.comparesAlike()
                        && isSorting(index)
                ? Reason.OTHER_COLLATION
                : reason;
    }

    private boolean isSorting(IndexCandidate index) {
        FieldPath first = index.pattern().part(0).path();
        return query.sort().stream()
                .flatMap(sort -> sort.parts().stream())
                .anyMatch(part -> part.path().equals(first));
    }
}
