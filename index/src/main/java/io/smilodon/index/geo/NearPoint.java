package io.smilodon.index.geo;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * The centre of a {@code $near} as it is written.
 *
 * @param point its coordinates
 * @param isGeoJson whether it is a GeoJSON point, so that distances are in metres
 */
public record NearPoint(PlanePoint point, boolean isGeoJson) {

    /**
     * Reads a pair or a GeoJSON point.
     *
     * @throws SmilodonException 2 if it is neither, or not valid
     */
    public static NearPoint parse(Value value) {
        boolean isGeoJson = value instanceof Document document && !GeoJson.isPair(document);
        return new NearPoint(GeoJson.ASKED.point(value), isGeoJson);
    }

    /** The first two numbers of an array whose third is a distance. */
    public static NearPoint ofPrefix(ArrayValue array) {
        return new NearPoint(GeoJson.ASKED.pair(ArrayValue.of(array.get(0), array.get(1))), false);
    }

    /** Whether it can be read as degrees. */
    public boolean isOnSphere() {
        return point.isOnSphere();
    }
}
