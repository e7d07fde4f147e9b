package io.smilodon.index.geo;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Iterator;
import java.util.Optional;

/**
 * Reads what most places are, an array of coordinates or a GeoJSON point with nothing beside it,
 * without the checks and objects that geometries in general need.
 */
final class PlainPoint {

    private PlainPoint() {}

    /** Where the place is; empty if {@link GeoJson#STORED} has to tell what it is. */
    static Optional<PlanePoint> find(Value value) {
        return switch (value) {
            case ArrayValue array -> pair(array);
            case Document document -> geoJson(document.iterator());
            default -> Optional.empty();
        };
    }

    private static Optional<PlanePoint> geoJson(Iterator<Field> fields) {
        if (!fields.hasNext() || !isType(fields.next()) || !fields.hasNext()) {
            return Optional.empty();
        }
        Field second = fields.next();
        boolean isPlain = second.name().equals(GeoJson.COORDINATES) && !fields.hasNext();
        return isPlain && second.value() instanceof ArrayValue array
                ? pair(array).filter(PlanePoint::isOnSphere)
                : Optional.empty();
    }

    private static boolean isType(Field field) {
        return field.value() instanceof StringValue type
                && type.value().equals("Point")
                && field.name().equals(GeoJson.TYPE);
    }

    private static Optional<PlanePoint> pair(ArrayValue array) {
        Iterator<Value> numbers = array.iterator();
        if (numbers.hasNext()
                && numbers.next() instanceof NumberValue first
                && numbers.hasNext()
                && numbers.next() instanceof NumberValue second) {
            PlanePoint point = new PlanePoint(first.toDouble(), second.toDouble());
            boolean isFinite = Double.isFinite(point.x()) && Double.isFinite(point.y());
            return isFinite ? Optional.of(point) : Optional.empty();
        }
        return Optional.empty();
    }
}
