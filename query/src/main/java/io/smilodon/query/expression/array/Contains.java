package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldExpression;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.expression.OrderedBinaryExpression;
import io.smilodon.query.expression.comparison.Relation;
import java.util.ArrayList;
import java.util.List;

/** {@code {$in: [<value>, <array>]}}: whether an element equals the value. */
record Contains(Expression left, Expression right) implements OrderedBinaryExpression {

    @Override
    public Value apply(Value wanted, Value list, ValueOrder order) {
        for (Value element : ArrayErrors.requireArray(list, 40081, "$in")) {
            Steps.take();
            if (order.areEqual(element, wanted)) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }

    /** Of a field and a constant list: what is no list fails for the first document. */
    @Override
    public FieldRanges ranges(EvaluationContext context) {
        return left instanceof FieldExpression field
                        && right.constant(context).orElse(Missing.INSTANCE)
                                instanceof ArrayValue list
                ? FieldRanges.of(field.path(), keys(list, context.order()))
                : FieldRanges.NONE;
    }

    private static IntervalSet keys(ArrayValue list, ValueOrder order) {
        List<Interval> keys = new ArrayList<>();
        for (Value element : list) {
            keys.addAll(Relation.EQUAL.keys(element, order).intervals());
        }
        return IntervalSet.of(keys);
    }
}
