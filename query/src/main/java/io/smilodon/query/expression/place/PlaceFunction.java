package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.UnaryExpression;
import java.util.function.Function;

/** {@code {$geoArea: <place>}} and its like: what one place has. Of null or missing it is null. */
record PlaceFunction(Expression operand, Function<SphereGeometry, Value> function)
        implements UnaryExpression {

    static ExpressionFactory factory(Function<SphereGeometry, Value> function) {
        return Operands.one(operand -> new PlaceFunction(operand, function));
    }

    @Override
    public Value apply(Value value) {
        return value.isNullish() ? NullValue.INSTANCE : function.apply(Places.require(value));
    }
}
