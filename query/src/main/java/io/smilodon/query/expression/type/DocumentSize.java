package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.BsonSize;
import java.util.Map;

/**
 * {@code {$bsonSize: <document>}}: how many bytes it has in BSON, whatever it takes here. Of null
 * and missing it is null.
 */
record DocumentSize(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(value instanceof Document document)) {
            throw new SmilodonException(
                    ErrorCode.location(31393),
                    "$bsonSize requires a document input",
                    Map.of("actual", value.type().alias()));
        }
        return Value.of(Math.toIntExact(BsonSize.of(document)));
    }
}
