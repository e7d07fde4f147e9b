package io.smilodon.query.sort;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** An order that {@code $push} and {@code $sortArray} can give the elements of an array. */
public interface ElementOrder {

    /** As many as a sort of documents may have. */
    int FIELDS_MAX = 32;

    /** The order of elements where values compare like this. */
    Comparator<Value> under(ValueOrder values);

    /**
     * Whole elements, ascending (1) or descending (-1).
     *
     * @throws SmilodonException BadValue if the direction is neither
     */
    static ElementOrder byValue(Value direction) {
        boolean isOne =
                direction instanceof NumberValue number
                        && number.isIntegral()
                        && Math.abs(number.toLong()) == 1;
        if (!isOne) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The $sort element value must be either 1 or -1",
                    Map.of("actual", direction.type().alias()));
        }
        boolean isAscending = ((NumberValue) direction).toLong() == 1;
        return values -> isAscending ? values : values.reversed();
    }

    /**
     * Elements by their fields; an absent field counts as null, and arrays are not looked into.
     *
     * @throws SmilodonException BadValue for no field, more than 32, an empty step or what is no
     *     direction
     */
    static ElementOrder byFields(Document pattern) {
        List<ElementOrder> orders = new ArrayList<>();
        for (Field field : pattern) {
            if (orders.size() == FIELDS_MAX) {
                throw new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "The $sort pattern has too many fields",
                        Map.of("max", FIELDS_MAX));
            }
            FieldPath path = path(field.name());
            ElementOrder byField = byValue(field.value());
            orders.add(
                    values ->
                            Comparator.comparing(
                                    (Value element) -> at(element, path), byField.under(values)));
        }
        if (orders.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The $sort pattern is empty when it should be a set of fields.");
        }
        return values ->
                orders.stream()
                        .map(order -> order.under(values))
                        .reduce(Comparator::thenComparing)
                        .orElseThrow();
    }

    private static FieldPath path(String dotted) {
        FieldPath path = FieldPath.parse(dotted);
        if (path.steps().contains("")) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The $sort field is a dotted field but has an empty part",
                    Map.of("field", dotted));
        }
        return path;
    }

    private static Value at(Value element, FieldPath path) {
        Value value = element;
        for (String step : path.steps()) {
            value = value instanceof Document document ? document.get(step) : Missing.INSTANCE;
        }
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }
}
