package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereBounds;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.Steps;

/**
 * {@code $geoBounds}: the least box of longitudes and latitudes around all places, {@code {west,
 * south, east, north}}, west being greater than east across the antimeridian. Leaves out what is no
 * place on the earth; null if nothing is one. Not in MongoDB.
 */
final class GeoBounds implements Accumulator {

    private static final long BYTES = 2_048;

    /** Bounds over parts of the places. */
    static final Merging<SphereBounds> MERGING =
            new Merging<>() {
                @Override
                public SphereBounds none() {
                    return SphereBounds.NONE;
                }

                @Override
                public SphereBounds of(Value value) {
                    return StoredGeometry.find(value)
                            .flatMap(StoredGeometry::sphere)
                            .map(
                                    place -> {
                                        Steps.take(place.vertexCount());
                                        return SphereBounds.of(place);
                                    })
                            .orElse(SphereBounds.NONE);
                }

                @Override
                public SphereBounds merge(SphereBounds earlier, SphereBounds later) {
                    return earlier.union(later);
                }

                @Override
                public Value result(SphereBounds all) {
                    return all.toDocument().<Value>map(box -> box).orElse(NullValue.INSTANCE);
                }
            };

    private SphereBounds bounds = SphereBounds.NONE;

    @Override
    public void add(Value value) {
        bounds = bounds.union(MERGING.of(value));
    }

    @Override
    public Value result() {
        return MERGING.result(bounds);
    }

    /** As many spans of longitudes as there may be. */
    @Override
    public long memoryBytes() {
        return BYTES;
    }
}
