package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$toUpper: <string>}}: the text in capitals; only the letters of ASCII change. Of null and
 * missing it is empty.
 */
record UpperCase(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(AsciiCase.upper(Strings.coerce(value, "$toUpper")));
    }
}
