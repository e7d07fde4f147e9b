package io.smilodon.index.geo;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * A place that a document holds: a pair of coordinates, or a GeoJSON geometry. Immutable and
 * thread-safe.
 *
 * @param flat the place as a point of a plane; of a GeoJSON geometry only a point is one
 * @param sphere the place on the earth; a pair is one if it can be read as degrees
 */
public record StoredGeometry(Optional<PlanePoint> flat, Optional<SphereGeometry> sphere) {

    static StoredGeometry of(PlanePoint pair) {
        return new StoredGeometry(
                Optional.of(pair),
                pair.isOnSphere()
                        ? Optional.of(SphereGeometry.of(pair.onSphere()))
                        : Optional.empty());
    }

    static StoredGeometry of(SphereGeometry geometry) {
        return new StoredGeometry(Optional.empty(), Optional.of(geometry));
    }

    /**
     * Reads what a document holds.
     *
     * @throws SmilodonException 2 if it is no valid geometry
     */
    public static StoredGeometry parse(Value value) {
        return GeoJson.STORED.parse(value);
    }

    /**
     * Reads a place on the earth to compute with, which may be larger than half of it.
     *
     * @throws SmilodonException 2 if it is no valid geometry, or no place on the earth
     */
    public static SphereGeometry onSphere(Value value) {
        return GeoJson.COMPUTED
                .parse(value)
                .sphere()
                .orElseThrow(() -> GeoJson.invalid("Longitude/latitude is out of bounds", value));
    }

    /** What {@link #parse} reads; empty for what is no valid geometry. */
    public static Optional<StoredGeometry> find(Value value) {
        if (!looksLikeOne(value)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(value));
        } catch (SmilodonException invalid) {
            GeoJson.requireInvalid(invalid);
            return Optional.empty();
        }
    }

    /** Keeps values of other kinds from being parsed only to fail. */
    private static boolean looksLikeOne(Value value) {
        return switch (value) {
            case ArrayValue array -> array.get(0) instanceof NumberValue;
            case Document document -> document.has(GeoJson.TYPE) || GeoJson.isPair(document);
            default -> false;
        };
    }

    /** Whether the value may be a single place, rather than an array of such. */
    public static boolean isPlace(Value value) {
        return looksLikeOne(value);
    }
}
