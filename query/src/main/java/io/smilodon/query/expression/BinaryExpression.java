package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.query.value.HeldValues;
import java.util.List;

/** A function of two values. */
public interface BinaryExpression extends CompoundExpression {

    Expression left();

    Expression right();

    Value apply(Value left, Value right);

    @Override
    default Value evaluate(EvaluationContext context) {
        Value left = left().evaluate(context);
        try (HeldValues held = new HeldValues(2)) {
            held.add(left);
            return apply(left, right().evaluate(context));
        }
    }

    @Override
    default List<Expression> operands() {
        return List.of(left(), right());
    }
}
