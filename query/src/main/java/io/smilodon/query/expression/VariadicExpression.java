package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A function of a list of values; a record that is one takes its operands as an own copy. */
public interface VariadicExpression extends CompoundExpression {

    /** The values stand in the order of the operands. */
    Value apply(List<Value> values);

    @Override
    default Value evaluate(EvaluationContext context) {
        List<Value> values = new ArrayList<>(operands().size());
        for (Expression operand : operands()) {
            values.add(operand.evaluate(context));
        }
        return apply(values);
    }
}
