package io.smilodon.query.expression.logic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.value.Truth;
import java.util.List;

/**
 * {@code {$cond: {if: <condition>, then: <expression>, else: <expression>}}}, or the three in an
 * array: one of two values. Only that one is evaluated.
 */
record Cond(Expression condition, Expression whenTrue, Expression whenFalse)
        implements CompoundExpression {

    private static final NamedOperands NAMED =
            NamedOperands.of(ErrorCode.FAILED_TO_PARSE, ErrorCode.location(17083))
                    .required("if", ErrorCode.location(17080))
                    .required("then", ErrorCode.location(17081))
                    .required("else", ErrorCode.location(17082));

    private static final ExpressionFactory LISTED = Operands.three(Cond::new);

    static Expression parse(Value operand, ExpressionScope scope) {
        if (!(operand instanceof Document)) {
            return LISTED.create(operand, scope);
        }
        Document parts = NAMED.check(operand, scope);
        return new Cond(
                scope.parse("if", parts.get("if")),
                scope.parse("then", parts.get("then")),
                scope.parse("else", parts.get("else")));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Expression chosen = Truth.of(condition.evaluate(context)) ? whenTrue : whenFalse;
        return chosen.evaluate(context);
    }

    @Override
    public List<Expression> operands() {
        return List.of(condition, whenTrue, whenFalse);
    }
}
