package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;

/** A function of a list of values that depends on how values compare. */
public interface OrderedVariadicExpression extends CompoundExpression {

    /** The values stand in the order of the operands. */
    Value apply(List<Value> values, ValueOrder order);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(VariadicExpression.values(operands(), context), context.order());
    }
}
