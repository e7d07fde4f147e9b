package io.smilodon.query.exec;

import io.smilodon.index.IndexCursor;
import io.smilodon.index.geo.Side;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.plan.IndexAccess;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.predicate.GeoTest;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Tells of entries of a geospatial index whose points lie outside the shape that is asked for, so
 * that their documents are not read, and of those inside, whose documents need not be asked. The
 * ranges of a scan hold both: few large cells cover a shape faster than many that fit it.
 *
 * @param part the part of the keys that holds cells
 * @param condition what asks for the shape
 * @param sides on which side of the shape a place lies, by the number of its cell
 */
record PlaceFilter(int part, Predicate condition, DoubleFunction<Side> sides) {

    /** The filter for one of the shapes that bound a scan; empty if none does. */
    static Optional<PlaceFilter> of(IndexAccess access) {
        for (int part = 0; part < access.index().pattern().length(); part++) {
            KeyPart cells = access.index().pattern().part(part);
            if (cells.kind() == PartKind.SPHERE || cells.kind() == PartKind.PLANE) {
                for (Predicate conjunct : access.bounding()) {
                    if (conjunct instanceof Predicate.At at
                            && at.test() instanceof GeoTest test
                            && at.path().equals(cells.path())) {
                        IndexCandidate index = access.index();
                        return Optional.of(
                                new PlaceFilter(
                                        part,
                                        at,
                                        test.cells()
                                                .sides(
                                                        index.definition(),
                                                        index.isMultikey(part))));
                    }
                }
            }
        }
        return Optional.empty();
    }

    Side side(IndexCursor entry) {
        return sides.apply(entry.floor(part));
    }

    /** What else a filter asks of documents. */
    Predicate others(Predicate filter) {
        if (filter instanceof Predicate.And all) {
            return new Predicate.And(all.children().stream().map(this::others).toList());
        }
        return filter.equals(condition) ? Predicate.everything() : filter;
    }
}
