package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The pairs that a value is or holds, for a 2d index; what is empty or no container is none. */
final class PlanePlaces {

    private PlanePlaces() {}

    /** A pair, or an array or document of pairs. */
    static List<PlanePoint> of(Value value) {
        List<PlanePoint> points = new ArrayList<>();
        if (!isContainer(value)) {
            return points;
        }
        Iterator<Value> values = Coordinates.of(value);
        if (!values.hasNext()) {
            return points;
        }
        Value first = values.next();
        if (first instanceof NumberValue) {
            points.add(pair(value));
            return points;
        }
        for (Value next = first; ; next = values.next()) {
            addInner(next, points);
            if (!values.hasNext()) {
                return points;
            }
        }
    }

    private static void addInner(Value value, List<PlanePoint> points) {
        if (!isContainer(value)) {
            throw new SmilodonException(
                    ErrorCode.location(16804),
                    "location object expected, location array not in correct format",
                    Map.of("found", value));
        }
        if (Coordinates.of(value).hasNext()) {
            points.add(pair(value));
        }
    }

    private static boolean isContainer(Value value) {
        return value instanceof ArrayValue || value instanceof Document;
    }

    private static PlanePoint pair(Value value) {
        Iterator<Value> values = Coordinates.of(value);
        Value x = values.next();
        Value y = values.hasNext() ? values.next() : Missing.INSTANCE;
        if (y == Missing.INSTANCE) {
            throw new SmilodonException(
                    ErrorCode.location(13068),
                    "geo field only has 1 element",
                    Map.of("found", value));
        }
        if (x instanceof NumberValue first && y instanceof NumberValue second) {
            return new PlanePoint(first.toDouble(), second.toDouble());
        }
        throw new SmilodonException(
                ErrorCode.location(13026),
                "geo values must be 'legacy coordinate pairs' for 2d indexes",
                Map.of("found", value));
    }
}
