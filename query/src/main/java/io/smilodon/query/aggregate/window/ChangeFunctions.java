package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.date.DateUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the functions of the numbers in a window that no accumulator has. */
final class ChangeFunctions {

    private ChangeFunctions() {}

    static WindowFunction derivative(WindowOperand operand) {
        operand.requireSingleSort(ErrorCode.FAILED_TO_PARSE);
        if (operand.window() == Missing.INSTANCE) {
            throw operand.error("$derivative requires explicit window bounds");
        }
        Document parts = operand.parts(Set.of("input", "unit"));
        return new Derivative(
                operand.required(parts, "input"),
                WindowParser.parse(operand),
                new Slope(millis(operand.unit(parts)), 5624900, 5624901));
    }

    static WindowFunction integral(WindowOperand operand) {
        operand.requireSingleSort(ErrorCode.FAILED_TO_PARSE);
        Document parts = operand.parts(Set.of("input", "unit"));
        return new Integral(
                operand.required(parts, "input"),
                WindowParser.parse(operand),
                new Slope(millis(operand.unit(parts)), 5423901, 5423902));
    }

    private static OptionalLong millis(Optional<DateUnit> unit) {
        return unit.isPresent() ? unit.get().millis() : OptionalLong.empty();
    }

    static WindowFunction minMaxScaler(WindowOperand operand) {
        Document parts = operand.parts(Set.of("input", "min", "max"));
        Expression input = operand.required(parts, "input");
        if (parts.has("min") != parts.has("max")) {
            throw operand.error("$minMaxScaler takes both of 'min' and 'max', or neither");
        }
        NumberValue min = parts.has("min") ? operand.number(parts, "min") : new Int32Value(0);
        NumberValue max = parts.has("max") ? operand.number(parts, "max") : new Int32Value(1);
        if (ValueOrder.ASCENDING.compare(min, max) >= 0) {
            throw operand.error("'max' must be strictly greater than 'min'");
        }
        Window window = WindowParser.parse(operand);
        boolean hasCurrent = sign(window.lower()) <= 0 && sign(window.upper()) >= 0;
        if (!hasCurrent) {
            throw operand.error("The window of $minMaxScaler must include the current document");
        }
        return new MinMaxScaler(input, window, min, max);
    }

    private static int sign(Bound bound) {
        return bound instanceof Bound.Offset offset
                ? ValueOrder.ASCENDING.compare(offset.distance(), new Int32Value(0))
                : 0;
    }
}
