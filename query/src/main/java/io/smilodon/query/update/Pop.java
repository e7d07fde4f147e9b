package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;

/** {@code {$pop: {field: 1}}}: takes the last element away, or with -1 the first. */
record Pop(boolean isFirst) implements FieldChange {

    static Pop parse(UpdateArgument argument) {
        if (!(argument.value() instanceof NumberValue number)) {
            throw argument.error(ErrorCode.FAILED_TO_PARSE, "Expected a number in $pop");
        }
        boolean isOne = number.isIntegral() && Math.abs(number.toLong()) == 1;
        if (!isOne) {
            throw argument.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "$pop expects 1 or -1",
                    Map.of("found", number.toDouble()));
        }
        return new Pop(number.toLong() == -1);
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> absent;
            case ArrayValue array -> array.isEmpty() ? array : popped(array);
            default ->
                    throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "Path contains an element of non-array type",
                            Map.of("actual", before.type().alias()));
        };
    }

    private ArrayValue popped(ArrayValue array) {
        List<Value> elements = array.elements();
        int last = elements.size() - 1;
        return ArrayValue.of(isFirst ? elements.subList(1, last + 1) : elements.subList(0, last));
    }

    @Override
    public boolean createsPath() {
        return false;
    }
}
