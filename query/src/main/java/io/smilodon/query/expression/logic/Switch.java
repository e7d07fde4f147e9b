package io.smilodon.query.expression.logic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$switch: {branches: [{case: <condition>, then: <expression>}, …], default:
 * <expression>}}}: the value of the first branch whose condition is true.
 */
record Switch(List<Branch> branches, Optional<Expression> otherwise) implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(40060), ErrorCode.location(40067))
                    .optional("branches")
                    .optional("default");
    private static final NamedOperands BRANCH_PARTS =
            NamedOperands.of(ErrorCode.location(40062), ErrorCode.location(40063))
                    .required("case", ErrorCode.location(40064))
                    .required("then", ErrorCode.location(40065));

    Switch {
        branches = List.copyOf(branches);
    }

    record Branch(Expression condition, Expression value) {}

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        Optional<Expression> otherwise =
                parts.has("default")
                        ? Optional.of(scope.parse("default", parts.get("default")))
                        : Optional.empty();
        return new Switch(branches(parts.get("branches"), scope), otherwise);
    }

    private static List<Branch> branches(Value written, ExpressionScope scope) {
        if (!(written instanceof ArrayValue array)) {
            int code = written.isNullish() ? 40068 : 40061;
            throw scope.error(
                    ErrorCode.location(code),
                    "$switch expected an array for 'branches'",
                    Map.of("actual", written.type().alias()));
        }
        ExpressionScope place = scope.child("branches");
        List<Branch> branches = new ArrayList<>();
        for (Value element : array) {
            ExpressionScope inside = place.child(Integer.toString(branches.size()));
            Document parts = BRANCH_PARTS.check(element, inside);
            branches.add(
                    new Branch(
                            inside.parse("case", parts.get("case")),
                            inside.parse("then", parts.get("then"))));
        }
        if (branches.isEmpty()) {
            throw scope.error(
                    ErrorCode.location(40068), "$switch requires at least one branch.", Map.of());
        }
        return branches;
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        for (Branch branch : branches) {
            if (Truth.of(branch.condition.evaluate(context))) {
                return branch.value.evaluate(context);
            }
        }
        return otherwise
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.location(40066),
                                        "$switch could not find a matching branch for an input,"
                                                + " and no default was specified."))
                .evaluate(context);
    }

    @Override
    public List<Expression> operands() {
        List<Expression> all = new ArrayList<>();
        for (Branch branch : branches) {
            all.add(branch.condition);
            all.add(branch.value);
        }
        otherwise.ifPresent(all::add);
        return all;
    }
}
