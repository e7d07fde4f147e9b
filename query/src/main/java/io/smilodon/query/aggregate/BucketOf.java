package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
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
        implements UnaryExpression {

    BucketOf {
        boundaries = List.copyOf(boundaries);
    }

    @Override
    public Value apply(Value value) {
        boolean isInside =
                ValueOrder.ASCENDING.compare(value, boundaries.getFirst()) >= 0
                        && ValueOrder.ASCENDING.compare(value, boundaries.getLast()) < 0;
        if (isInside) {
            return boundaries.get(lastNotAbove(value));
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

    private int lastNotAbove(Value value) {
        int low = 0;
        int high = boundaries.size() - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (ValueOrder.ASCENDING.compare(boundaries.get(middle), value) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
