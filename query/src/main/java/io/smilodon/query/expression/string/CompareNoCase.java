package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;

/**
 * {@code {$strcasecmp: [<left>, <right>]}}: -1, 0 or 1, by the order of both in capitals; only the
 * letters of ASCII have them.
 */
record CompareNoCase(Expression left, Expression right) implements BinaryExpression {

    private static final String NAME = "$strcasecmp";

    @Override
    public Value apply(Value one, Value other) {
        int order =
                ValueOrder.compareText(
                        AsciiCase.upper(Strings.coerce(one, NAME)),
                        AsciiCase.upper(Strings.coerce(other, NAME)));
        return Value.of(Integer.signum(order));
    }
}
