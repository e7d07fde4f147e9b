package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * {@code {$bit: {field: {and: 5, or: 2, xor: 1}}}}: changes the bits of an integer, one operation
 * after the other; an absent field counts as 0. With an int64 on either side the result is one.
 */
record Bits(List<Operation> operations) implements FieldChange {

    private static final OperatorTable<LongBinaryOperator> TABLE =
            OperatorTable.<LongBinaryOperator>builder()
                    .add("and", (left, right) -> left & right)
                    .add("or", (left, right) -> left | right)
                    .add("xor", (left, right) -> left ^ right)
                    .build();

    Bits {
        operations = List.copyOf(operations);
    }

    private record Operation(LongBinaryOperator operator, NumberValue operand) {

        NumberValue apply(NumberValue before) {
            long bits = operator.applyAsLong(before.toLong(), operand.toLong());
            boolean isShort = before instanceof Int32Value && operand instanceof Int32Value;
            return isShort ? new Int32Value((int) bits) : new Int64Value(bits);
        }
    }

    static Bits parse(UpdateArgument argument) {
        if (!(argument.value() instanceof Document written)) {
            throw argument.error(
                            ErrorCode.BAD_VALUE,
                            "The $bit modifier is not compatible with this type: you must pass in"
                                    + " an embedded document")
                    .withHint("write {$bit: {field: {and/or/xor: #}}}");
        }
        if (written.isEmpty()) {
            throw argument.error(
                            ErrorCode.BAD_VALUE, "You must pass in at least one bitwise operation")
                    .withHint("write {$bit: {field: {and/or/xor: #}}}");
        }
        List<Operation> operations = new ArrayList<>();
        for (Field field : written) {
            operations.add(operation(field, argument));
        }
        return new Bits(operations);
    }

    private static Operation operation(Field field, UpdateArgument argument) {
        LongBinaryOperator operator =
                TABLE.find(field.name()).orElseThrow(() -> unknown(field.name(), argument));
        if (isInteger(field.value())) {
            return new Operation(operator, (NumberValue) field.value());
        }
        throw argument.error(
                ErrorCode.BAD_VALUE,
                "The $bit modifier field must be an Integer(32/64 bit)",
                Map.of("operation", field.name(), "actual", field.value().type().alias()));
    }

    private static SmilodonException unknown(String name, UpdateArgument argument) {
        SmilodonException error =
                argument.error(
                        ErrorCode.BAD_VALUE,
                        "The $bit modifier only supports 'and', 'or', and 'xor'",
                        Map.of("operation", name));
        return TABLE.withSuggestion(error, name);
    }

    private static boolean isInteger(Value value) {
        return value instanceof Int32Value || value instanceof Int64Value;
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        NumberValue bits = integer(before);
        for (Operation operation : operations) {
            bits = operation.apply(bits);
        }
        return bits;
    }

    private static NumberValue integer(Value before) {
        if (before == Missing.INSTANCE) {
            return new Int32Value(0);
        }
        if (isInteger(before)) {
            return (NumberValue) before;
        }
        throw new SmilodonException(
                ErrorCode.BAD_VALUE,
                "Cannot apply $bit to a value of non-integral type",
                Map.of("actual", before.type().alias()));
    }
}
