package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.sort.ElementOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code {$push: {field: value}}}, {@code {$push: {field: {$each: [...], $position, $sort,
 * $slice}}}}: puts values into the array, then sorts it, then cuts it.
 *
 * @param values what to insert, in order
 * @param position where; negative from the end; absent or past the end: at the end
 * @param order how to sort the array afterwards
 * @param slice how many elements to keep; negative: of the tail
 */
record Push(
        List<Value> values, OptionalLong position, Optional<ElementOrder> order, OptionalLong slice)
        implements FieldChange {

    static Push parse(UpdateArgument argument) {
        if (argument.value() instanceof Document document && PushClauses.areIn(document)) {
            return new PushClauses(document, argument).parse();
        }
        return new Push(
                List.of(argument.value()),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> pushed(ArrayValue.EMPTY, context.order());
            case ArrayValue array -> pushed(array, context.order());
            default ->
                    throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The field must be an array to $push to it",
                            Map.of("actual", before.type().alias()));
        };
    }

    private ArrayValue pushed(ArrayValue array, ValueOrder compared) {
        List<Value> elements = new ArrayList<>(array.elements());
        elements.addAll(insertionIndex(elements.size()), values);
        Steps.take(elements.size());
        order.ifPresent(sort -> elements.sort(Steps.counted(sort.under(compared))));
        return ArrayValue.of(sliced(elements));
    }

    private int insertionIndex(int size) {
        long wanted = position.orElse(size);
        long fromStart = wanted < 0 ? size + wanted : wanted;
        return (int) Math.max(0, Math.min(size, fromStart));
    }

    private List<Value> sliced(List<Value> elements) {
        int size = elements.size();
        long kept = slice.orElse(size);
        if (kept >= 0) {
            return elements.subList(0, (int) Math.min(size, kept));
        }
        return elements.subList((int) Math.max(0, size + kept), size);
    }
}
