package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import java.util.List;
import java.util.Map;

/**
 * Which bucket a value falls into, by the bucket's lower boundary.
 *
 * @param operand the value
 * @param boundaries ascending; the lower ones belong to their buckets
 * @param otherwise the bucket of all other values; missing if they are refused
 */
record BucketOf(Expression operand, List<Value> boundaries, Value otherwise)
        implements CompoundExpression {

    static final String NOT_ASCENDING =
            "The 'boundaries' option to $bucket must be sorted in ascending order";

    static final String DEFAULT_INSIDE =
            "The $bucket 'default' field must be less than the lowest boundary or greater than or"
                    + " equal to the highest boundary.";

    BucketOf {
        boundaries = List.copyOf(boundaries);
    }

    /**
     * Checks what the parser cannot know: whether the boundaries ascend by the collation.
     *
     * @throws SmilodonException 40194 if they do not, 40199 for a default among them
     */
    void check(ValueOrder order) {
        for (int i = 1; i < boundaries.size(); i++) {
            if (order.compare(boundaries.get(i - 1), boundaries.get(i)) >= 0) {
                throw new SmilodonException(ErrorCode.location(40194), NOT_ASCENDING);
            }
        }
        if (ValueOrder.holdsText(otherwise) && isInside(otherwise, order)) {
            throw new SmilodonException(ErrorCode.location(40199), DEFAULT_INSIDE);
        }
    }

    private boolean isInside(Value value, ValueOrder order) {
        return order.compare(value, boundaries.getFirst()) >= 0
                && order.compare(value, boundaries.getLast()) < 0;
    }

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value value = operand.evaluate(context);
        ValueOrder order = context.order();
        if (isInside(value, order)) {
            return boundaries.get(lastNotAbove(value, order));
        }
        if (otherwise == Missing.INSTANCE) {
            throw new SmilodonException(
                            ErrorCode.location(40066),
                            "$switch could not find a matching branch for an input, and no default"
                                    + " was specified.",
                            Map.of("value", value.toString()))
                    .withHint("give $bucket a default for values outside of its boundaries");
        }
        return otherwise;
    }

    private int lastNotAbove(Value value, ValueOrder order) {
        int low = 0;
        int high = boundaries.size() - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (order.compare(boundaries.get(middle), value) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
