package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.NearPoint;
import io.smilodon.index.geo.Nearness;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.OpenNear;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code $geoNear}. Used once. */
final class GeoNearParser {

    private static final int NO_OBJECT = 10065;
    private static final Map<String, Integer> FORMER =
            Map.of("collation", 40227, "limit", 50858, "num", 50857, "start", 50856);
    private static final Set<String> OPTIONS =
            Set.of(
                    "near",
                    "distanceField",
                    "spherical",
                    "minDistance",
                    "maxDistance",
                    "query",
                    "distanceMultiplier",
                    "includeLocs",
                    "key",
                    "uniqueDocs");

    /** The options that are expressions. */
    private static final List<String> COMPUTED = List.of("near", "minDistance", "maxDistance");

    private static final String VARIABLE = "$$";

    private final StageOperand operand;
    private final Document options;

    private GeoNearParser(StageOperand operand, Document options) {
        this.operand = operand;
        this.options = options;
    }

    static Stage parse(StageOperand operand) {
        if (operand.value() instanceof Document options) {
            return new GeoNearParser(operand, options).parse();
        }
        throw operand.error(NO_OBJECT, "$geoNear must take an object");
    }

    private Stage parse() {
        for (Field option : options) {
            check(operand.child(option.name(), option.value()), option.name());
        }
        if (!options.has("near")) {
            throw operand.error(5860400, "$geoNear requires a 'near' argument");
        }
        Optional<FieldPath> distanceField =
                path(
                        "distanceField",
                        16606,
                        "$geoNear requires that 'distanceField' option is a String");
        Optional<FieldPath> places =
                path(
                        "includeLocs",
                        16607,
                        "$geoNear requires that 'includeLocs' option is a String");
        return new GeoNear(
                filter(), distanceField, number("distanceMultiplier").orElse(1.0), places);
    }

    private static void check(StageOperand option, String name) {
        if (FORMER.containsKey(name)) {
            throw option.error(
                    FORMER.get(name), "$geoNear does not accept the parameter '" + name + "'");
        }
        if (!OPTIONS.contains(name)) {
            throw option.error(ErrorCode.location(40415), "$geoNear has no such parameter");
        }
    }

    private Predicate filter() {
        Predicate.At near = new Predicate.At(key(), isOpen() ? open() : near());
        Value query = options.get("query");
        if (query == Missing.INSTANCE) {
            return near;
        }
        StageOperand place = operand.child("query", query);
        if (!(query instanceof Document written)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "query must be an object");
        }
        Predicate others = PredicateParser.parse(written, place.location(), operand.variables());
        return Predicate.all(List.of(near, others));
    }

    private FieldPath key() {
        Value key = options.get("key");
        if (key == Missing.INSTANCE) {
            return Near.ANY_PATH;
        }
        StageOperand place = operand.child("key", key);
        if (!(key instanceof StringValue text)) {
            throw place.error(
                    ErrorCode.TYPE_MISMATCH, "$geoNear parameter 'key' must be of type string");
        }
        if (text.value().isEmpty()) {
            throw place.error(
                    ErrorCode.BAD_VALUE, "$geoNear parameter 'key' cannot be the empty string");
        }
        return FieldPath.parse(text.value());
    }

    /** Whether it asks for something else each time: the variables around it change. */
    private boolean isOpen() {
        return COMPUTED.stream().anyMatch(name -> isOpen(options.get(name)));
    }

    private boolean isOpen(Value written) {
        return switch (written) {
            case StringValue text -> isChanging(text.value());
            case ArrayValue array -> array.elements().stream().anyMatch(this::isOpen);
            case Document document -> {
                for (Field field : document) {
                    if (isOpen(field.value())) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    private boolean isChanging(String text) {
        if (!text.startsWith(VARIABLE)) {
            return false;
        }
        String name = text.substring(VARIABLE.length()).split("\\.", 2)[0];
        return operand.variables().contains(name)
                && operand.bound().context().variable(name) == Missing.INSTANCE;
    }

    private OpenNear open() {
        return new OpenNear(
                context -> new GeoNearParser(operand.seeing(context), options).near(),
                Document.of("$near", options.get("near")));
    }

    private Near near() {
        StageOperand place = constant("near");
        if (!(place.value() instanceof Document) && !(place.value() instanceof ArrayValue)) {
            throw place.error(
                    5860401,
                    "$geoNear requires near argument to be a GeoJSON object or a legacy"
                            + " point(array)");
        }
        NearPoint point = point(place);
        boolean isSpherical = isTrue(options.get("spherical"));
        if (isSpherical && !point.isOnSphere()) {
            throw place.error(
                    ErrorCode.BAD_VALUE, "Legacy point is out of bounds for spherical query");
        }
        Nearness.Metric metric =
                point.isGeoJson()
                        ? Nearness.Metric.METRES
                        : isSpherical ? Nearness.Metric.RADIANS : Nearness.Metric.PLANE;
        Nearness nearness =
                new Nearness(
                        point.point(),
                        metric,
                        number("minDistance").orElse(0.0),
                        number("maxDistance").orElse(Double.POSITIVE_INFINITY));
        return new Near(
                nearness, Document.of(isSpherical ? "$nearSphere" : "$near", place.value()));
    }

    /** An option that may be computed from the variables of the operation. */
    private StageOperand constant(String name) {
        StageOperand written = operand.child(name, options.get(name));
        return written.with(written.constant());
    }

    private static NearPoint point(StageOperand place) {
        try {
            return NearPoint.parse(place.value());
        } catch (SmilodonException invalid) {
            throw invalid.at(place.location());
        }
    }

    private static boolean isTrue(Value value) {
        return value.equals(BooleanValue.TRUE)
                || value instanceof NumberValue number && number.toDouble() != 0;
    }

    private Optional<FieldPath> path(String name, int code, String template) {
        Value value = options.get(name);
        if (value == Missing.INSTANCE) {
            return Optional.empty();
        }
        if (value instanceof StringValue text && !text.value().isEmpty()) {
            return Optional.of(FieldPath.parse(text.value()));
        }
        throw operand.child(name, value).error(code, template);
    }

    private Optional<Double> number(String name) {
        if (!options.has(name)) {
            return Optional.empty();
        }
        StageOperand place = constant(name);
        if (!(place.value() instanceof NumberValue number)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, name + " must be a number");
        }
        if (!(number.toDouble() >= 0)) {
            throw place.error(ErrorCode.BAD_VALUE, name + " must be nonnegative");
        }
        return Optional.of(number.toDouble());
    }
}
