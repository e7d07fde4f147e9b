package io.smilodon.query.expression.string;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code {$substrBytes: [<string>, <start>, <count>]}}: so many bytes of its UTF-8 form from there
 * on, all if the count is negative. The cut must not be inside a character. Of null and missing it
 * is empty.
 */
record ByteRange(List<Expression> operands) implements VariadicExpression {

    private static final String NAME = "$substrBytes";

    ByteRange(Expression text, Expression start, Expression count) {
        this(List.of(text, start, count));
    }

    @Override
    public Value apply(List<Value> values) {
        byte[] bytes = Strings.coerce(values.get(0), NAME).getBytes(StandardCharsets.UTF_8);
        long start = number(values.get(1), 16034);
        long count = number(values.get(2), 16035);
        if (start < 0) {
            throw Strings.error(50752, "The start must not be negative", NAME, values.get(1));
        }
        if (start >= bytes.length) {
            return Value.of("");
        }
        long rest = bytes.length - start;
        int end = (int) (start + (count < 0 ? rest : Math.min(count, rest)));
        if (isInside(bytes, (int) start)) {
            throw Strings.error(28656, "The start is inside a character", NAME, values.get(1));
        }
        if (isInside(bytes, end)) {
            throw Strings.error(28657, "The end is inside a character", NAME, values.get(2));
        }
        return Value.of(new String(bytes, (int) start, end - (int) start, StandardCharsets.UTF_8));
    }

    private static boolean isInside(byte[] bytes, int position) {
        return position < bytes.length && (bytes[position] & 0xC0) == 0x80;
    }

    private static long number(Value value, int code) {
        if (value instanceof NumberValue number) {
            return number.toLong();
        }
        throw Strings.error(code, "The argument must be a number", NAME, value);
    }
}
