package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$toLower: <string>}}: the text in small letters; only the letters of ASCII change. Of
 * null and missing it is empty.
 */
record LowerCase(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        return Value.of(AsciiCase.lower(Strings.coerce(value, "$toLower")));
    }
}
