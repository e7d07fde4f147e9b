package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code {$addToSet: {field: value}}}, {@code {$addToSet: {field: {$each: [...]}}}}: appends what
 * the array does not hold yet, by the equality of queries.
 */
record AddToSet(List<Value> values) implements FieldChange {

    private static final String EACH = "$each";

    static AddToSet parse(UpdateArgument argument) {
        if (argument.value() instanceof Document document && startsWithEach(document)) {
            return new AddToSet(each(document, argument));
        }
        return new AddToSet(List.of(argument.value()));
    }

    private static boolean startsWithEach(Document document) {
        Iterator<Field> fields = document.iterator();
        return fields.hasNext() && fields.next().name().equals(EACH);
    }

    private static List<Value> each(Document document, UpdateArgument argument) {
        if (!(document.get(EACH) instanceof ArrayValue values)) {
            throw argument.error(
                    ErrorCode.TYPE_MISMATCH,
                    "The argument to $each in $addToSet must be an array",
                    Map.of("actual", document.get(EACH).type().alias()));
        }
        if (document.size() > 1) {
            throw argument.error(
                    ErrorCode.BAD_VALUE, "Found unexpected fields after $each in $addToSet");
        }
        return values.elements();
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> withNew(ArrayValue.EMPTY, context.order());
            case ArrayValue array -> withNew(array, context.order());
            default ->
                    throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Cannot apply $addToSet to a non-array field",
                            Map.of("actual", before.type().alias()));
        };
    }

    private ArrayValue withNew(ArrayValue array, ValueOrder order) {
        List<Value> added =
                values.size() == 1 ? unlessIn(array, values.get(0), order) : newOf(array, order);
        if (added.isEmpty()) {
            return array;
        }
        List<Value> elements = new ArrayList<>(array.elements());
        elements.addAll(added);
        return ArrayValue.of(elements);
    }

    /** One value needs no set of those that are there. */
    private static List<Value> unlessIn(ArrayValue array, Value value, ValueOrder order) {
        for (Value element : array) {
            Steps.take();
            if (order.areEqual(element, value)) {
                return List.of();
            }
        }
        return List.of(value);
    }

    private List<Value> newOf(ArrayValue array, ValueOrder order) {
        Set<Value> known = new TreeSet<>(Steps.counted(order));
        known.addAll(array.elements());
        return values.stream().filter(known::add).toList();
    }
}
