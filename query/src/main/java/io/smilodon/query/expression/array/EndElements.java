package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.NamedOperands;
import java.util.List;

/**
 * {@code {$firstN: {n: <count>, input: <array>}}} and {@code $lastN}: so many elements from its
 * start or its end, in the order of the array; all if it has fewer.
 *
 * @param left how many
 * @param right the array
 */
record EndElements(Expression left, Expression right, boolean atStart) implements BinaryExpression {

    private static final NamedOperands PARTS = ElementCount.parts(5787801);

    static ExpressionFactory factory(boolean atStart) {
        return ElementCount.factory(PARTS, (n, input) -> new EndElements(n, input, atStart));
    }

    @Override
    public Value apply(Value n, Value input) {
        long count = ElementCount.require(n, operator());
        List<Value> elements = ArrayErrors.requireArray(input, 5788200, operator()).elements();
        int size = elements.size();
        Steps.take(size);
        int kept = (int) Math.min(count, size);
        return ArrayValue.of(
                atStart ? elements.subList(0, kept) : elements.subList(size - kept, size));
    }

    private String operator() {
        return atStart ? "$firstN" : "$lastN";
    }
}
