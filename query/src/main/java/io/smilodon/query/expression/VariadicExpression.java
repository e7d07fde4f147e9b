package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.query.value.HeldValues;
import java.util.ArrayList;
import java.util.List;

/** A function of a list of values; a record that is one takes its operands as an own copy. */
public interface VariadicExpression extends CompoundExpression {

    /** The values stand in the order of the operands. */
    Value apply(List<Value> values);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(values(operands(), context));
    }

    /** The values of operands, which whoever asks may change. */
    static List<Value> values(List<Expression> operands, EvaluationContext context) {
        List<Value> values = new ArrayList<>(operands.size());
        try (HeldValues held = new HeldValues(operands.size())) {
            for (Expression operand : operands) {
                Value value = operand.evaluate(context);
                held.add(value);
                values.add(value);
            }
        }
        return values;
    }
}
