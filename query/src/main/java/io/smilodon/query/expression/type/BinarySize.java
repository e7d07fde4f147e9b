package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.BsonSize;
import java.util.Map;

/**
 * {@code {$binarySize: <string or binary>}}: how many bytes its content has. Of null and missing it
 * is null.
 */
record BinarySize(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        return switch (value) {
            case StringValue text -> Value.of(Math.toIntExact(BsonSize.utf8(text.value())));
            case BinaryValue binary -> Value.of(binary.bytes().length);
            default ->
                    throw new SmilodonException(
                            ErrorCode.location(51276),
                            "$binarySize requires a string or BinData argument",
                            Map.of("actual", value.type().alias()));
        };
    }
}
