package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code {$geoUnion: [<place>, …]}} and {@code $geoIntersection}: one geometry made of several.
 * With null or missing it is null, as with sets.
 */
record Combined(
        List<Expression> operands,
        Function<List<SphereGeometry>, Optional<SphereGeometry>> combination)
        implements VariadicExpression {

    Combined {
        operands = List.copyOf(operands);
    }

    static ExpressionFactory factory(
            Function<List<SphereGeometry>, Optional<SphereGeometry>> combination) {
        return Operands.any(operands -> new Combined(operands, combination));
    }

    @Override
    public Value apply(List<Value> values) {
        return values.stream().anyMatch(Value::isNullish)
                ? NullValue.INSTANCE
                : Places.orNull(combination.apply(values.stream().map(Places::require).toList()));
    }
}
