package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code {$slice: <count>}} and {@code {$slice: [<skip>, <count>]}}: so many elements of an array,
 * from the end where the count alone or the skip is negative. Other values stay as they are.
 *
 * @param skip elements passed over, negative to count from the end
 * @param count elements taken, at most
 */
record Slice(long skip, long count) implements UnaryOperator<Value> {

    static Optional<Action> parse(Value operand, ExpressionScope scope) {
        return switch (operand) {
            case NumberValue number -> Optional.of(action(ofCount(number.toLong())));
            case ArrayValue pair ->
                    pair.get(0) instanceof NumberValue skip
                                    && pair.get(1) instanceof NumberValue count
                                    && pair.size() == 2
                            ? Optional.of(action(checked(skip.toLong(), count.toLong(), scope)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Action action(Slice slice) {
        return new Action.Transform(slice, false);
    }

    private static Slice ofCount(long count) {
        return count < 0 ? new Slice(count, Long.MAX_VALUE) : new Slice(0, count);
    }

    private static Slice checked(long skip, long count, ExpressionScope scope) {
        if (count <= 0) {
            throw scope.error(
                    ErrorCode.location(28729),
                    "$slice limit must be positive",
                    Map.of("actual", count));
        }
        return new Slice(skip, count);
    }

    @Override
    public Value apply(Value value) {
        if (!(value instanceof ArrayValue array)) {
            return value;
        }
        List<Value> elements = array.elements();
        long from =
                skip < 0 ? Math.max(0, elements.size() + skip) : Math.min(skip, elements.size());
        long to = from + Math.min(count, elements.size() - from);
        return ArrayValue.of(elements.subList((int) from, (int) to));
    }
}
