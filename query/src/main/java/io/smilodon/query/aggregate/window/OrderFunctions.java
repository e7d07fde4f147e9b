package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.value.Decimals;
import java.util.Set;

/** Reads the functions that go through the documents in order and take no window. */
final class OrderFunctions {

    private OrderFunctions() {}

    static WindowFunction shift(WindowOperand operand) {
        operand.requireNoWindow(ErrorCode.FAILED_TO_PARSE).requireSort(ErrorCode.FAILED_TO_PARSE);
        Document parts = operand.parts(Set.of("output", "by", "default"));
        Expression output = operand.required(parts, "output");
        operand.required(parts, "by");
        boolean isWhole =
                parts.get("by") instanceof NumberValue by
                        && by.isIntegral()
                        && by.toLong() == (int) by.toLong();
        if (!isWhole) {
            throw operand.error("'$shift:by' field must be an integer");
        }
        Value otherwise =
                parts.has("default")
                        ? WindowOperand.constant(
                                parts.get("default"), operand.scope().child("default"))
                        : NullValue.INSTANCE;
        int by = (int) ((NumberValue) parts.get("by")).toLong();
        return new Shift(output, by, new Literal(otherwise));
    }

    static WindowFunction movingAverage(WindowOperand operand) {
        operand.requireNoWindow(ErrorCode.FAILED_TO_PARSE).requireSort(ErrorCode.FAILED_TO_PARSE);
        Document parts = operand.parts(Set.of("input", "N", "alpha"));
        Expression input = operand.required(parts, "input");
        if (parts.has("N") == parts.has("alpha")) {
            throw operand.error("$expMovingAvg takes exactly one of 'N' and 'alpha'");
        }
        Decimal128 weight = parts.has("N") ? weightOf(operand, parts) : alpha(operand, parts);
        return new MovingAverage(input, weight, Decimals.subtract(integer(1), weight));
    }

    private static Decimal128 integer(long number) {
        return Decimals.of(new Int64Value(number));
    }

    private static Decimal128 weightOf(WindowOperand operand, Document parts) {
        NumberValue count = operand.number(parts, "N");
        if (!count.isIntegral() || count.toLong() <= 0) {
            throw operand.error("'N' field must be an integer greater than 0");
        }
        return Decimals.divide(integer(2), Decimals.add(integer(1), Decimals.of(count)));
    }

    private static Decimal128 alpha(WindowOperand operand, Document parts) {
        NumberValue alpha = operand.number(parts, "alpha");
        if (!(alpha.toDouble() > 0 && alpha.toDouble() < 1)) {
            throw operand.error("'alpha' must be between 0 and 1, exclusive");
        }
        return Decimals.of(alpha);
    }

    static WindowFunction linearFill(WindowOperand operand) {
        operand.requireNoWindow(ErrorCode.FAILED_TO_PARSE)
                .requireSingleSort(ErrorCode.location(605001));
        return new LinearFill(operand.scope().parse(operand.value()));
    }

    static WindowFunction carriedForward(WindowOperand operand) {
        operand.requireNoWindow(ErrorCode.FAILED_TO_PARSE);
        return new CarriedForward(operand.scope().parse(operand.value()));
    }
}
