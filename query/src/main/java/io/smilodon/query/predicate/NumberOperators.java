package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.Map;

/** {@code $mod} and {@code $size}. */
final class NumberOperators {

    private NumberOperators() {}

    static Condition mod(Operand operand) {
        FilterContext context = operand.context();
        ArrayValue list = ListOperators.list(operand, "malformed mod, needs to be an array");
        if (list.size() < 2) {
            throw context.badValue("malformed mod, not enough elements");
        }
        if (list.size() > 2) {
            throw context.badValue("malformed mod, too many elements");
        }
        long divisor = whole(list.get(0), context.child(0), "malformed mod, divisor not a number");
        if (divisor == 0) {
            throw context.child(0).badValue("divisor cannot be 0");
        }
        return Condition.of(
                new Modulo(
                        divisor,
                        whole(
                                list.get(1),
                                context.child(1),
                                "malformed mod, remainder not a number")));
    }

    /** The number without its fraction. */
    private static long whole(Value value, FilterContext context, String template) {
        if (!(value instanceof NumberValue number)) {
            throw context.badValue(template, Map.of("type", value.type().alias()));
        }
        if (!Modulo.isWithinLong(number)) {
            throw context.badValue(
                    "malformed mod, not a finite number of 64 bits",
                    Map.of("actual", number.toDouble()));
        }
        return number.toLong();
    }

    static Condition size(Operand operand) {
        FilterContext context = operand.context();
        if (!(operand.value() instanceof NumberValue number)) {
            throw context.badValue(
                    "Failed to parse $size. Expected a number",
                    Map.of("type", operand.value().type().alias()));
        }
        if (!number.isIntegral()) {
            throw context.badValue(
                    "Failed to parse $size. Expected an integer",
                    Map.of("actual", number.toDouble()));
        }
        long size = number.toLong();
        if (size < 0) {
            throw context.badValue(
                    "Failed to parse $size. Expected a non-negative number",
                    Map.of("actual", size));
        }
        if (size > Integer.MAX_VALUE) {
            throw context.badValue(
                    "Failed to parse $size. Cannot represent it in an int",
                    Map.of("actual", number.toDouble()));
        }
        return Condition.of(new Size((int) size));
    }
}
