package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.AskedShape;
import io.smilodon.index.geo.ShapeCells;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.Steps;
import java.util.Optional;

/**
 * {@code {field: {$geoWithin: {$geometry: ...}}}} and {@code $geoIntersects}: places in relation to
 * a shape. What is no valid geometry does not pass.
 *
 * @param relation what is asked
 * @param shape what places are compared with
 * @param cells the same shape, made ready
 * @param written the shape as the filter has it
 */
public record GeoTest(Relation relation, AskedShape shape, ShapeCells cells, Document written)
        implements ValueTest {

    /** About how many tests of other kinds one of a geometry takes as long as. */
    private static final int STEPS = 4;

    /** How a place lies to a shape. */
    public enum Relation {
        /** All of the place is in the shape. */
        WITHIN("$geoWithin"),
        /** Both have a point in common. */
        INTERSECTS("$geoIntersects");

        private final String operator;

        Relation(String operator) {
            this.operator = operator;
        }
    }

    GeoTest(Relation relation, AskedShape shape, Document written) {
        this(relation, shape, new ShapeCells(shape), written);
    }

    @Override
    public boolean test(Value value) {
        Steps.take(STEPS);
        Optional<Boolean> known = cells.holds(value);
        return known.isPresent()
                ? known.get()
                : StoredGeometry.find(value).filter(this::holds).isPresent();
    }

    private boolean holds(StoredGeometry place) {
        return switch (relation) {
            case WITHIN -> shape.contains(place);
            case INTERSECTS -> shape.intersects(place);
        };
    }

    /** Shapes are the same if they are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GeoTest that
                && relation == that.relation
                && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return 31 * relation.hashCode() + written.hashCode();
    }

    @Override
    public Document toDocument() {
        return Document.of(relation.operator, written);
    }
}
