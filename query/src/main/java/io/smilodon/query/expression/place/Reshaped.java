package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import java.util.Optional;

/**
 * {@code {$geoBuffer: [<place>, <metres>]}} and {@code $geoSimplify}: another geometry made of a
 * place and a distance. With null or missing it is null.
 */
record Reshaped(Expression left, Expression right, String operator, Change change)
        implements BinaryExpression {

    /** What becomes of a place; the distance is in radians. */
    @FunctionalInterface
    interface Change {
        Optional<SphereGeometry> of(SphereGeometry place, double distance);
    }

    static ExpressionFactory factory(String operator, Change change) {
        return Operands.two((place, distance) -> new Reshaped(place, distance, operator, change));
    }

    @Override
    public Value apply(Value place, Value distance) {
        if (place.isNullish() || distance.isNullish()) {
            return NullValue.INSTANCE;
        }
        return Places.orNull(change.of(Places.require(place), Places.radians(distance, operator)));
    }
}
