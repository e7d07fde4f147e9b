package io.smilodon.query.expression.set;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Makes sorted sets of arrays; equal values of different types count once. */
final class ValueSet {

    private ValueSet() {}

    /** The elements, each once, in the order of values. */
    static TreeSet<Value> of(Value value, int code, String operator) {
        TreeSet<Value> set = new TreeSet<>(ValueOrder.ASCENDING);
        require(value, code, operator).forEach(set::add);
        return set;
    }

    /** What becomes of the first set by adding or keeping the others; null with null or missing. */
    static Value combined(
            List<Value> values,
            BiConsumer<Set<Value>, Set<Value>> combination,
            int code,
            String operator) {
        if (values.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        TreeSet<Value> set = of(values.get(0), code, operator);
        for (Value value : values.subList(1, values.size())) {
            combination.accept(set, of(value, code, operator));
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
