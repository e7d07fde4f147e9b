package io.smilodon.query.expression.string;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.VariadicExpression;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code {$indexOfBytes: [<string>, <part>, <start>, <end>]}}: where the part first stands, in
 * bytes of UTF-8, from the start on and before the end; -1 without. Of null and missing it is null.
 */
record IndexOfBytes(List<Expression> operands) implements VariadicExpression {

    private static final String NAME = "$indexOfBytes";

    IndexOfBytes {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        if (values.get(0).isNullish()) {
            return NullValue.INSTANCE;
        }
        String text = bytes(Strings.require(values.get(0), 40091, NAME));
        String part = bytes(Strings.require(values.get(1), 40092, NAME));
        int start = values.size() > 2 ? bound(values.get(2)) : 0;
        int end = values.size() > 3 ? bound(values.get(3)) : text.length();
        end = Math.min(end, text.length());
        return Value.of(start > end ? -1 : new Needle(part).indexIn(text, start, end));
    }

    /** A character for each byte of UTF-8. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static int bound(Value value) {
        int bound = IntOperand.require(value, 40096, 40096, NAME);
        if (bound < 0) {
            throw Strings.error(40097, "The index must not be negative", NAME, value);
        }
        return bound;
    }
}
