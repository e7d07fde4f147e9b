package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.NearPoint;
import io.smilodon.index.geo.Nearness;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code $near} and {@code $nearSphere} in their two forms: a document with a GeoJSON point
 * and distances in it, or a point with the distances beside the operator. Not thread-safe.
 */
final class NearParser {

    private static final String MIN = "$minDistance";
    private static final String MAX = "$maxDistance";
    private static final String NEAR = "$near";
    private static final String SPHERE = "$nearSphere";
    private static final String GEOMETRY = "$geometry";
    private static final int WITH_DISTANCE = 3;

    private final FilterContext context;
    private double distanceMin;
    private double distanceMax = Double.POSITIVE_INFINITY;

    private NearParser(FilterContext context) {
        this.context = context;
    }

    static Near parse(Operand operand) {
        return new NearParser(operand.context()).near(operand);
    }

    private Near near(Operand operand) {
        boolean isSphere = operand.operators().has(SPHERE);
        NearPoint point =
                operand.value() instanceof Document document && document.has(GEOMETRY)
                        ? withGeometry(document, operand.operators())
                        : beside(operand);
        return new Near(
                new Nearness(point.point(), metric(point, isSphere), distanceMin, distanceMax),
                operand.operators());
    }

    private Nearness.Metric metric(NearPoint point, boolean isSphere) {
        if (point.isGeoJson()) {
            return Nearness.Metric.METRES;
        }
        if (isSphere && !point.isOnSphere()) {
            throw context.badValue("Legacy point is out of bounds for spherical query");
        }
        return isSphere ? Nearness.Metric.RADIANS : Nearness.Metric.PLANE;
    }

    private NearPoint withGeometry(Document near, Document operators) {
        if (operators.size() > 1) {
            throw context.badValue(
                    "geo near accepts just one argument when querying for a GeoJSON point."
                            + " Extra field found");
        }
        Optional<NearPoint> found = Optional.empty();
        for (Field field : near) {
            FilterContext place = context.child(field.name());
            switch (field.name()) {
                case GEOMETRY -> found = Optional.of(geoJson(field.value(), place));
                case MIN -> distanceMin = distance(field, ErrorCode.BAD_VALUE);
                case MAX -> distanceMax = distance(field, ErrorCode.BAD_VALUE);
                default ->
                        throw place.badValue(
                                "invalid argument in geo near query",
                                Map.of("field", field.name()));
            }
        }
        return found.orElseThrow();
    }

    private static NearPoint geoJson(Value value, FilterContext place) {
        NearPoint point = point(value, place);
        if (!point.isGeoJson()) {
            throw place.badValue("$near requires geojson point", Map.of("given", value));
        }
        return point;
    }

    private static NearPoint point(Value value, FilterContext place) {
        try {
            return NearPoint.parse(value);
        } catch (SmilodonException invalid) {
            throw place.located(invalid);
        }
    }

    private NearPoint beside(Operand operand) {
        NearPoint point =
                operand.value() instanceof ArrayValue array && array.size() == WITH_DISTANCE
                        ? withThird(array)
                        : point(operand.value(), context);
        for (Field field : operand.operators()) {
            switch (field.name()) {
                case NEAR, SPHERE, "$uniqueDocs" -> {}
                case MIN -> distanceMin = distance(field, ErrorCode.location(16894));
                case MAX -> distanceMax = distance(field, ErrorCode.location(16896));
                default ->
                        throw context.error(
                                ErrorCode.location(34413),
                                "invalid argument in geo near query",
                                Map.of("field", field.name()));
            }
        }
        return point;
    }

    /** An array of two coordinates and the greatest distance. */
    private NearPoint withThird(ArrayValue array) {
        NearPoint point = NearPoint.ofPrefix(array);
        if (!(array.get(2) instanceof NumberValue max)) {
            throw context.badValue("Point with max distance must only contain numeric elements");
        }
        if (!(max.toDouble() >= 0)) {
            throw context.error(
                    ErrorCode.location(18522), "max distance must be non-negative", Map.of());
        }
        distanceMax = max.toDouble();
        return point;
    }

    /**
     * @param negative the code for what is no distance
     */
    private double distance(Field field, ErrorCode negative) {
        FilterContext place = context.child(field.name());
        boolean isBeside = !negative.equals(ErrorCode.BAD_VALUE);
        if (!(field.value() instanceof NumberValue number)) {
            ErrorCode code =
                    isBeside ? ErrorCode.location(negative.number() - 1) : ErrorCode.BAD_VALUE;
            throw place.error(
                    code,
                    field.name() + " must be a number",
                    Map.of("type", field.value().type().alias()));
        }
        double distance = number.toDouble();
        if (!(distance >= 0) || !isBeside && Double.isInfinite(distance)) {
            throw place.error(
                    negative, field.name() + " must be non-negative", Map.of("given", distance));
        }
        return distance;
    }
}
