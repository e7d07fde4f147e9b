package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import java.util.List;

/** A function of two values. */
public interface BinaryExpression extends CompoundExpression {

    Expression left();

    Expression right();

    Value apply(Value left, Value right);

    @Override
    default Value evaluate(EvaluationContext context) {
        return apply(left().evaluate(context), right().evaluate(context));
    }

    @Override
    default List<Expression> operands() {
        return List.of(left(), right());
    }
}
