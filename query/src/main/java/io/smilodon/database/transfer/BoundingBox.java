package io.smilodon.database.transfer;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/** The least box of longitudes and latitudes around GeoJSON geometries. Not thread-safe. */
final class BoundingBox {

    private double west = Double.POSITIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;

    /** Takes a value into account if it is a geometry. */
    void add(Value value) {
        if (value instanceof Document geometry
                && geometry.get("type") instanceof StringValue
                && geometry.get("coordinates") instanceof ArrayValue coordinates) {
            addCoordinates(coordinates);
        }
    }

    private void addCoordinates(ArrayValue coordinates) {
        if (coordinates.size() >= 2
                && coordinates.get(0) instanceof NumberValue longitude
                && coordinates.get(1) instanceof NumberValue latitude) {
            west = Math.min(west, longitude.toDouble());
            east = Math.max(east, longitude.toDouble());
            south = Math.min(south, latitude.toDouble());
            north = Math.max(north, latitude.toDouble());
            return;
        }
        for (Value inner : coordinates) {
            if (inner instanceof ArrayValue array) {
                addCoordinates(array);
            }
        }
    }

    /** West, south, east and north, as GeoJSON's <code>bbox</code> has them; empty without any. */
    Optional<ArrayValue> toArray() {
        return west <= east
                ? Optional.of(
                        ArrayValue.of(
                                Value.of(west), Value.of(south), Value.of(east), Value.of(north)))
                : Optional.empty();
    }
}
