package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes elements out of an array: what {@code $pull} and {@code $pullAll} have in common.
 *
 * @param operator its name, for errors
 * @param isRemoved which elements go, where values compare in an order
 */
record Removal(String operator, Function<ValueOrder, Predicate<Value>> isRemoved)
        implements FieldChange {

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> absent;
            case ArrayValue array -> remaining(array, isRemoved.apply(context.order()));
            default ->
                    throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Cannot apply " + operator + " to a non-array value",
                            Map.of("actual", before.type().alias()));
        };
    }

    private static ArrayValue remaining(ArrayValue array, Predicate<Value> removed) {
        List<Value> kept = new ArrayList<>();
        boolean isChanged = false;
        for (Value element : array) {
            Steps.take();
            if (removed.test(element)) {
                isChanged = true;
            } else {
                kept.add(element);
            }
        }
        return isChanged ? ArrayValue.of(kept) : array;
    }

    @Override
    public boolean createsPath() {
        return false;
    }
}
