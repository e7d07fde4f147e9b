package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.OrderedBinaryExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$maxN: {n: <count>, input: <array>}}} and {@code $minN}: so many of the greatest elements
 * from the greatest down, or of the least from the least up; null ones do not count.
 *
 * @param left how many
 * @param right the array
 */
record ExtremeElements(Expression left, Expression right, boolean isGreatest)
        implements OrderedBinaryExpression {

    private static final NamedOperands PARTS = ElementCount.parts(5787900);

    static ExpressionFactory factory(boolean isGreatest) {
        return ElementCount.factory(PARTS, (n, input) -> new ExtremeElements(n, input, isGreatest));
    }

    @Override
    public Value apply(Value n, Value input, ValueOrder order) {
        long count = ElementCount.require(n, operator());
        List<Value> elements = new ArrayList<>();
        for (Value element : ArrayErrors.requireArray(input, 5788200, operator())) {
            Steps.take();
            if (!element.isNullish()) {
                elements.add(element);
            }
        }
        elements.sort(Steps.counted(isGreatest ? order.reversed() : order));
        return ArrayValue.of(elements.subList(0, (int) Math.min(count, elements.size())));
    }

    private String operator() {
        return isGreatest ? "$maxN" : "$minN";
    }
}
