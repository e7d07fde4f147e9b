package io.smilodon.query.expression.set;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes sorted sets of arrays; equal values of different types count once. */
final class ValueSet {

    private ValueSet() {}

    /** The elements, each once, in the order of values. */
    static TreeSet<Value> of(Value value, int code, String operator) {
        TreeSet<Value> set = new TreeSet<>(ValueOrder.ASCENDING);
        require(value, code, operator).forEach(set::add);
        return set;
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
