package io.smilodon.query.predicate;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.index.geo.AskedShape;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.Map;
import java.util.Optional;

/**
 * {@code $geoWithin} (also as {@code $within}), {@code $geoIntersects}, {@code $near} and {@code
 * $nearSphere}.
 */
final class GeoOperators {

    private static final String UNIQUE_DOCUMENTS = "$uniqueDocs";

    private GeoOperators() {}

    static Condition within(Operand operand) {
        AskedShape shape = shape(operand, false);
        if (!shape.hasArea()) {
            throw operand.context()
                    .badValue("$geoWithin not supported with provided geometry", Map.of())
                    .withHint("within is what lies in an area: use a polygon or a circle");
        }
        return condition(GeoTest.Relation.WITHIN, shape, operand);
    }

    static Condition intersects(Operand operand) {
        AskedShape shape = shape(operand, true);
        if (shape instanceof AskedShape.OnPlane) {
            throw operand.context()
                    .badValue("$geoIntersect not supported with provided geometry")
                    .withHint("intersections are on the sphere: use $geometry or $centerSphere");
        }
        return condition(GeoTest.Relation.INTERSECTS, shape, operand);
    }

    private static Condition condition(
            GeoTest.Relation relation, AskedShape shape, Operand operand) {
        return Condition.of(new GeoTest(relation, shape, (Document) operand.value()));
    }

    /** Of several shapes MongoDB takes the last one for intersections. */
    private static AskedShape shape(Operand operand, boolean mayBeSeveral) {
        FilterContext context = operand.context();
        if (!(operand.value() instanceof Document shapes)) {
            throw context.badValue("geometry must be an object");
        }
        Optional<AskedShape> found = Optional.empty();
        for (Field field : shapes) {
            if (field.name().equals(UNIQUE_DOCUMENTS)) {
                continue;
            }
            if (found.isPresent() && !mayBeSeveral) {
                throw context.badValue("$geoWithin doesn't accept multiple shapes");
            }
            found = Optional.of(shape(field, context.child(field.name())));
        }
        return found.orElseThrow(() -> context.badValue("geo query doesn't have any geometry"));
    }

    private static AskedShape shape(Field field, FilterContext context) {
        try {
            return AskedShape.parse(field.name(), field.value());
        } catch (SmilodonException invalid) {
            throw context.located(invalid);
        }
    }

    /** {@code $near} and {@code $nearSphere}, alone with their options under a field. */
    static Condition near(Operand operand) {
        FilterContext context = operand.context();
        if (!context.takesNear()) {
            throw context.located(Near.misplaced());
        }
        return Condition.of(NearParser.parse(operand));
    }

    /** {@code $minDistance} and its like: read together with {@code $near}. */
    static Condition distance(Operand operand) {
        Document operators = operand.operators();
        if (!operators.has("$near") && !operators.has("$nearSphere")) {
            throw operand.context()
                    .badValue("geo near query has no point")
                    .withHint("$minDistance and $maxDistance belong beside $near or $nearSphere");
        }
        return Condition.none();
    }
}
