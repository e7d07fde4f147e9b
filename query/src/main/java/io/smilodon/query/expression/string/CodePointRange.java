package io.smilodon.query.expression.string;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/**
 * {@code {$substrCP: [<string>, <start>, <count>]}}: so many code points from there on. Of null and
 * missing it is empty.
 */
record CodePointRange(List<Expression> operands) implements VariadicExpression {

    private static final String NAME = "$substrCP";

    CodePointRange(Expression text, Expression start, Expression count) {
        this(List.of(text, start, count));
    }

    @Override
    public Value apply(List<Value> values) {
        String text = Strings.coerce(values.get(0), NAME);
        int start = IntOperand.require(values.get(1), 34450, 34451, NAME);
        int count = IntOperand.require(values.get(2), 34452, 34453, NAME);
        if (count < 0) {
            throw Strings.error(34454, "The count must not be negative", NAME, values.get(2));
        }
        if (start < 0) {
            throw Strings.error(34455, "The start must not be negative", NAME, values.get(1));
        }
        int length = text.codePointCount(0, text.length());
        if (start >= length) {
            return Value.of("");
        }
        int from = text.offsetByCodePoints(0, start);
        int to = text.offsetByCodePoints(from, Math.min(count, length - start));
        return Value.of(text.substring(from, to));
    }
}
