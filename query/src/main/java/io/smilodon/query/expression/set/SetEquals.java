package io.smilodon.query.expression.set;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OrderedVariadicExpression;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code {$setEquals: [<array>, <array>, …]}}: whether all have the same elements. */
record SetEquals(List<Expression> operands) implements OrderedVariadicExpression {

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
    public Value apply(List<Value> values, ValueOrder order) {
        ValueSet sets = new ValueSet(NAME, 17044, order);
        TreeSet<Value> first = sets.of(values.get(0));
        boolean areEqual = true;
        for (Value value : values.subList(1, values.size())) {
            TreeSet<Value> other = sets.of(value);
            areEqual &= first.size() == other.size() && first.containsAll(other);
        }
        return Value.of(areEqual);
    }
}
