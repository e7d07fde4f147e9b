package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;

/**
 * {@code {$geoDistance: [<place>, <place>]}}: the metres between the nearest points of two places,
 * along a great circle; 0 if they touch. With null or missing it is null.
 */
record Distance(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value left, Value right) {
        if (left.isNullish() || right.isNullish()) {
            return NullValue.INSTANCE;
        }
        SphereGeometry one = Places.require(left);
        return Places.metres(one.distance(Places.require(right), Steps::take));
    }
}
