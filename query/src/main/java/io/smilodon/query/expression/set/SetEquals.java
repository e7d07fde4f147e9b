package io.smilodon.query.expression.set;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code {$setEquals: [<array>, <array>, …]}}: whether all have the same elements. */
record SetEquals(List<Expression> operands) implements VariadicExpression {

    private static final String NAME = "$setEquals";
    private static final ExpressionFactory LISTED = Operands.any(SetEquals::new);

    SetEquals {
        operands = List.copyOf(operands);
    }

    static Expression parse(Value operand, ExpressionScope scope) {
        SetEquals expression = (SetEquals) LISTED.create(operand, scope);
        if (expression.operands.size() < 2) {
            throw scope.error(
                    ErrorCode.location(17045),
                    "$setEquals needs at least two arguments",
                    Map.of("actual", expression.operands.size()));
        }
        return expression;
    }

    @Override
    public Value apply(List<Value> values) {
        TreeSet<Value> first = ValueSet.of(values.get(0), 17044, NAME);
        boolean areEqual = true;
        for (Value value : values.subList(1, values.size())) {
            TreeSet<Value> other = ValueSet.of(value, 17044, NAME);
            areEqual &= first.size() == other.size() && first.containsAll(other);
        }
        return Value.of(areEqual);
    }
}
