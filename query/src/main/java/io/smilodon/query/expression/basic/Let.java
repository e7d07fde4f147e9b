package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.VariableReference;
import io.smilodon.query.value.HeldValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code {$let: {vars: {name: <expression>}, in: <expression>}}}: the inner expression with
 * variables. They do not see each other.
 */
record Let(Map<String, Expression> variables, Expression body) implements CompoundExpression {

    private static final NamedOperands OPERANDS =
            NamedOperands.of(ErrorCode.location(16874), ErrorCode.location(16875))
                    .required("vars", ErrorCode.location(16876))
                    .required("in", ErrorCode.location(16877));

    Let {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = OPERANDS.check(operand, scope);
        if (!(parts.get("vars") instanceof Document written)) {
            throw scope.child("vars")
                    .error(
                            ErrorCode.location(16874),
                            "$let's vars must be an object",
                            Map.of("actual", parts.get("vars").type().alias()));
        }
        Map<String, Expression> variables = new LinkedHashMap<>();
        for (Field field : written) {
            ExpressionScope place = scope.child("vars").child(field.name());
            VariableReference.requireBindable(field.name(), place);
            variables.put(field.name(), place.parse(field.value()));
        }
        ExpressionScope body = scope.with(variables.keySet());
        return new Let(variables, body.parse("in", parts.get("in")));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        try (HeldValues held = new HeldValues(variables.size())) {
            return body.evaluate(context.withAll(variables, held::add));
        }
    }

    @Override
    public List<Expression> operands() {
        List<Expression> all = new ArrayList<>(variables.values());
        all.add(body);
        return all;
    }
}
