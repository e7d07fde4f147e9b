package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import java.nio.charset.StandardCharsets;

/** {@code {$strLenBytes: <string>}}: how many bytes its UTF-8 form has. */
record LengthInBytes(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        String text = Strings.require(value, 34473, "$strLenBytes");
        return Value.of(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
