package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SpherePoint;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.place.Places.Fineness;

/**
 * {@code {$geoHash: [<place>, <length>]}}, {@code $geoTile} and {@code $geoCell}: the cell of a
 * grid that holds the middle of a place. With null or missing it is null.
 */
record GridCell(Expression left, Expression right, Fineness range, Grid grid)
        implements BinaryExpression {

    /** The name of the cell around a point. */
    @FunctionalInterface
    interface Grid {
        Value cell(SpherePoint point, int fineness);
    }

    static ExpressionFactory factory(Fineness range, Grid grid) {
        return Operands.two((place, fineness) -> new GridCell(place, fineness, range, grid));
    }

    @Override
    public Value apply(Value place, Value fineness) {
        if (place.isNullish() || fineness.isNullish()) {
            return NullValue.INSTANCE;
        }
        int wanted = Places.fineness(fineness, range);
        return Places.middle(place)
                .map(point -> grid.cell(point, wanted))
                .orElse(NullValue.INSTANCE);
    }
}
