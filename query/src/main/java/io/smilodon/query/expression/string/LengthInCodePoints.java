package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/** {@code {$strLenCP: <string>}}: how many code points it has. */
record LengthInCodePoints(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        String text = Strings.require(value, 34471, "$strLenCP");
        return Value.of(text.codePointCount(0, text.length()));
    }
}
