package io.smilodon.query.expression.set;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Makes sorted sets of arrays; equal values of different types count once.
 *
 * @param operator the one that needs them, for errors
 * @param code the number of the error if an operand is no array
 * @param order which values are equal
 */
record ValueSet(String operator, int code, ValueOrder order) {

    /** The elements, each once, in the order of values. */
    TreeSet<Value> of(Value value) {
        TreeSet<Value> set = new TreeSet<>(Steps.counted(order));
        require(value, code, operator).forEach(set::add);
        return set;
    }

    /** What becomes of the first set by adding or keeping the others; null with null or missing. */
    Value combined(List<Value> values, BiConsumer<Set<Value>, Set<Value>> combination) {
        if (values.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        TreeSet<Value> set = of(values.get(0));
        for (Value value : values.subList(1, values.size())) {
            combination.accept(set, of(value));
        }
        return array(set);
    }

    static ArrayValue require(Value value, int code, String operator) {
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw new SmilodonException(
                ErrorCode.location(code),
                "All operands of a set operator must be arrays",
                Map.of("operator", operator, "actual", value.type().alias()));
    }

    static ArrayValue array(TreeSet<Value> set) {
        return ArrayValue.of(List.copyOf(set));
    }
}
