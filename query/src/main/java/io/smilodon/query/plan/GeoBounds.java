package io.smilodon.query.plan;

import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.GeoTest;
import io.smilodon.query.predicate.ValueTest;
import java.util.Optional;

/** What a condition says about a part of an index that holds cells. */
final class GeoBounds {

    private GeoBounds() {}

    static boolean isOfCells(PartKind kind) {
        return kind == PartKind.SPHERE || kind == PartKind.PLANE;
    }

    /** The cells that a document has one of if it passes; empty if the test says nothing. */
    static Optional<IntervalSet> of(IndexCandidate index, int part, ValueTest test) {
        return test instanceof GeoTest geo
                ? geo.cells().in(index.definition(), index.isMultikey(part))
                : Optional.empty();
    }

    /** Without bounds on cells an index of places could miss documents that have none. */
    static boolean isServed(IndexAccess access) {
        boolean hasCells = false;
        for (int part = 0; part < access.index().pattern().length(); part++) {
            if (isOfCells(access.index().pattern().part(part).kind())) {
                hasCells = true;
                if (!access.bounds().part(part).isAll()) {
                    return true;
                }
            }
        }
        return !hasCells;
    }
}
