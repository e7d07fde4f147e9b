package io.smilodon.query.plan;

import io.smilodon.index.key.IndexBounds;
import io.smilodon.query.predicate.Predicate;
import java.util.List;

/**
 * A way to use an index for a filter.
 *
 * @param index the index
 * @param bounds the part of it to read: it leads to every document that matches
 * @param residual the conjuncts that the bounds do not prove
 * @param bounding the conjuncts that made the bounds, some of them residual too
 */
public record IndexAccess(
        IndexCandidate index,
        IndexBounds bounds,
        List<Predicate> residual,
        List<Predicate> bounding) {

    public IndexAccess {
        bounding = List.copyOf(bounding);
        residual = List.copyOf(residual);
    }

    /** Whether it narrows down where to read. */
    boolean isSelective() {
        return !bounds.part(0).isAll();
    }

    /**
     * Whether one document may have several entries inside the bounds: not if each part that meets
     * arrays is bound to one value.
     */
    boolean repeats() {
        for (int part = 0; part < index.pattern().length(); part++) {
            if (index.isMultikey(part) && !bounds.part(part).isPoint()) {
                return true;
            }
        }
        return false;
    }

    /** How many leading parts are bound to single values. */
    int equalityParts() {
        int part = 0;
        while (part < index.pattern().length()
                && !bounds.part(part).isEmpty()
                && bounds.part(part).isPoints()) {
            part++;
        }
        return part;
    }

    IndexAccess withBounds(IndexBounds narrower) {
        return new IndexAccess(index, narrower, residual, bounding);
    }
}
