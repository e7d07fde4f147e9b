package io.smilodon.query.expression.place;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.GeoJsonWriter;
import io.smilodon.index.geo.Nearness;
import io.smilodon.index.geo.SphereCentroid;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.index.geo.SpherePoint;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.Steps;
import java.util.Map;
import java.util.Optional;

/** How operators on places read their operands, and write what they found. */
final class Places {

    private Places() {}

    /**
     * Reads a pair of degrees or a GeoJSON geometry.
     *
     * @throws SmilodonException 2 if it is none on the earth
     */
    static SphereGeometry require(Value value) {
        SphereGeometry place = StoredGeometry.onSphere(value);
        Steps.take(place.vertexCount());
        return place;
    }

    /** The point in the middle of a place. */
    static Optional<SpherePoint> middle(Value value) {
        return SphereCentroid.of(require(value));
    }

    /**
     * Reads a distance.
     *
     * @return radians
     * @throws SmilodonException 14 if it is no number, 2 if it is not finite
     */
    static double radians(Value metres, String operator) {
        double distance = number(metres, operator);
        if (!Double.isFinite(distance)) {
            throw error("A distance in metres must be finite", operator, metres);
        }
        return distance / Nearness.EARTH_RADIUS_METRES;
    }

    private static double number(Value value, String operator) {
        if (value instanceof NumberValue number) {
            return number.toDouble();
        }
        throw new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "The argument must be a number",
                Map.of("operator", operator, "actual", value.type().alias()));
    }

    /**
     * Reads how fine a grid is.
     *
     * @throws SmilodonException 14 if it is no number, 2 if it is no integer in the range
     */
    static int fineness(Value value, Fineness range) {
        double number = number(value, range.operator());
        if (number != Math.rint(number) || number < range.least() || number > range.most()) {
            throw error(
                    "The argument must be an integer from " + range.least() + " to " + range.most(),
                    range.operator(),
                    value);
        }
        return (int) number;
    }

    /** How fine a grid may be. */
    record Fineness(String operator, int least, int most) {}

    static SmilodonException error(String text, String operator, Value actual) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE, text, Map.of("operator", operator, "actual", actual));
    }

    static Value metres(double radians) {
        return Value.of(radians * Nearness.EARTH_RADIUS_METRES);
    }

    static Value squareMetres(double area) {
        return Value.of(area * Nearness.EARTH_RADIUS_METRES * Nearness.EARTH_RADIUS_METRES);
    }

    static Value orNull(Optional<SphereGeometry> geometry) {
        return geometry.<Value>map(Places::written).orElse(NullValue.INSTANCE);
    }

    static Document written(SphereGeometry geometry) {
        return GeoJsonWriter.write(geometry);
    }
}
