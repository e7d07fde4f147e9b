package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code $bitsAllSet} and its like. A mask is a number, binary data or a list of positions. */
final class BitOperators {

    private BitOperators() {}

    static Condition allSet(Operand operand) {
        return Condition.of(new BitsAllSet(mask(operand)));
    }

    static Condition anySet(Operand operand) {
        return Condition.of(new BitsAnySet(mask(operand)));
    }

    static Condition allClear(Operand operand) {
        return Condition.of(new BitsAllClear(mask(operand)));
    }

    static Condition anyClear(Operand operand) {
        return Condition.of(new BitsAnyClear(mask(operand)));
    }

    private static BitMask mask(Operand operand) {
        FilterContext context = operand.context();
        return switch (operand.value()) {
            case ArrayValue list -> ofPositions(list, context);
            case NumberValue number -> ofNumber(number, context);
            case BinaryValue binary ->
                    ofBits(new Bits.OfBytes(binary.bytes()), binary.bytes().length, context);
            default ->
                    throw context.badValue(
                            "bit operators take an array, a number or binary data",
                            Map.of("type", operand.value().type().alias()));
        };
    }

    private static BitMask ofNumber(NumberValue number, FilterContext context) {
        Bits bits =
                Bits.of(number)
                        .orElseThrow(
                                () ->
                                        context.error(
                                                ErrorCode.FAILED_TO_PARSE,
                                                "Expected an integer of 64 bits",
                                                Map.of("actual", number.toDouble())));
        if (number.toLong() < 0) {
            throw context.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "Expected a non-negative number",
                    Map.of("actual", number.toLong()));
        }
        return ofBits(bits, Long.BYTES, context);
    }

    private static BitMask ofBits(Bits bits, int bytes, FilterContext context) {
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < bytes * Byte.SIZE; position++) {
            if (bits.isSet(position)) {
                positions.add(position);
                ListOperators.requireWithinLimit(positions.size(), context);
            }
        }
        return new BitMask(positions);
    }

    private static BitMask ofPositions(ArrayValue list, FilterContext context) {
        List<Integer> positions = new ArrayList<>();
        for (Value element : list) {
            positions.add(position(element, context.child(positions.size())));
            ListOperators.requireWithinLimit(positions.size(), context);
        }
        return new BitMask(positions);
    }

    private static int position(Value value, FilterContext context) {
        if (!(value instanceof NumberValue number) || !number.isIntegral()) {
            throw context.badValue(
                    "bit positions must be an integer", Map.of("type", value.type().alias()));
        }
        long position = number.toLong();
        if (position < 0) {
            throw context.badValue("bit positions must be >= 0", Map.of("actual", position));
        }
        if (position > Integer.MAX_VALUE) {
            throw context.badValue(
                    "bit positions cannot be represented as a 32-bit signed integer",
                    Map.of("actual", position));
        }
        return (int) position;
    }
}
