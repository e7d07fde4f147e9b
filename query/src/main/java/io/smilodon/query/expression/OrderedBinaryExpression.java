package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;

/** A function of two values that depends on how values compare. */
public interface OrderedBinaryExpression extends CompoundExpression {

    Expression left();

    Expression right();

    Value apply(Value left, Value right, ValueOrder order);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(left().evaluate(context), right().evaluate(context), context.order());
    }

    @Override
    default List<Expression> operands() {
        return List.of(left(), right());
    }
}
