package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;

/** A function of a list of values; a record that is one takes its operands as an own copy. */
public interface VariadicExpression extends CompoundExpression {

    /** The values of more are held to the limit before they are put to use. */
    int OPERANDS_UNCOUNTED = 16;

    /** The values stand in the order of the operands. */
    Value apply(List<Value> values);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(values(operands(), context));
    }

    /** The values of operands, which whoever asks may change. */
    static List<Value> values(List<Expression> operands, EvaluationContext context) {
        if (operands.size() > OPERANDS_UNCOUNTED) {
            return counted(operands, context);
        }
        List<Value> values = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            values.add(operand.evaluate(context));
        }
        return values;
    }

    private static List<Value> counted(List<Expression> operands, EvaluationContext context) {
        Growth growth = Growth.under(0);
        List<Value> values = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            Steps.take();
            Value value = operand.evaluate(context);
            growth.add(value);
            values.add(value);
        }
        return values;
    }
}
