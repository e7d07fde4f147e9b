package io.smilodon.query.expression.comparison;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldExpression;
import io.smilodon.query.expression.FieldRanges;
import io.smilodon.query.expression.OrderedBinaryExpression;
import java.util.Optional;

/**
 * {@code {$eq: [<left>, <right>]}} and the other five: whether two values stand in a relation.
 * Unlike in filters, types are not kept apart and arrays are not looked into.
 */
public record Comparison(Relation relation, Expression left, Expression right)
        implements OrderedBinaryExpression {

    @Override
    public Value apply(Value one, Value other, ValueOrder order) {
        return Value.of(relation.holds(order.compare(one, other)));
    }

    /** Of a field and a constant, on either side. */
    @Override
    public FieldRanges ranges(EvaluationContext context) {
        if (left instanceof FieldExpression field) {
            return ranges(field, relation, right.constant(context), context.order());
        }
        return right instanceof FieldExpression field
                ? ranges(field, relation.mirrored(), left.constant(context), context.order())
                : FieldRanges.NONE;
    }

    private static FieldRanges ranges(
            FieldExpression field, Relation to, Optional<Value> bound, ValueOrder order) {
        return bound.map(value -> FieldRanges.of(field.path(), to.keys(value, order)))
                .orElse(FieldRanges.NONE);
    }
}
