package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import java.util.List;

/** A function of one value. */
public interface UnaryExpression extends CompoundExpression {

    Expression operand();

    Value apply(Value value);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(operand().evaluate(context));
    }

    @Override
    default List<Expression> operands() {
        return List.of(operand());
    }
}
