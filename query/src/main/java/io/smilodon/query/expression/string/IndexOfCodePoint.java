package io.smilodon.query.expression.string;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/**
 * {@code {$indexOfCP: [<string>, <part>, <start>, <end>]}}: where the part first stands, in code
 * points, from the start on and before the end; -1 without. Of null and missing it is null.
 */
record IndexOfCodePoint(List<Expression> operands) implements VariadicExpression {

    private static final String NAME = "$indexOfCP";

    IndexOfCodePoint {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        if (values.get(0).isNullish()) {
            return NullValue.INSTANCE;
        }
        String text = Strings.require(values.get(0), 40093, NAME);
        String part = Strings.require(values.get(1), 40094, NAME);
        int length = text.codePointCount(0, text.length());
        int start = values.size() > 2 ? bound(values.get(2)) : 0;
        int end = values.size() > 3 ? Math.min(bound(values.get(3)), length) : length;
        if (start > end) {
            return Value.of(-1);
        }
        int from = text.offsetByCodePoints(0, start);
        int to = text.offsetByCodePoints(from, end - start);
        int found = new Needle(part).indexIn(text, from, to);
        return Value.of(found < 0 ? -1 : text.codePointCount(0, found));
    }

    private static int bound(Value value) {
        int bound = IntOperand.require(value, 40096, 40096, NAME);
        if (bound < 0) {
            throw Strings.error(40097, "The index must not be negative", NAME, value);
        }
        return bound;
    }
}
