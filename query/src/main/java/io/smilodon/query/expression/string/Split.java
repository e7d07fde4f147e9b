package io.smilodon.query.expression.string;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$split: [<string>, <separator>]}}: the parts between the separators, empty ones too. With
 * null or missing it is null.
 */
record Split(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value string, Value separator) {
        if (string.isNullish() || separator.isNullish()) {
            return NullValue.INSTANCE;
        }
        String text = Strings.require(string, 40085, "$split");
        String between = Strings.require(separator, 40086, "$split");
        if (between.isEmpty()) {
            throw Strings.error(40087, "The separator must not be empty", "$split", separator);
        }
        Needle needle = new Needle(between);
        List<Value> parts = new ArrayList<>();
        Growth growth = Growth.under(1);
        int start = 0;
        for (int end = needle.indexIn(text, 0); end >= 0; end = needle.indexIn(text, start)) {
            Steps.take();
            Value part = Value.of(text.substring(start, end));
            growth.add(part);
            parts.add(part);
            start = end + needle.length();
        }
        parts.add(Value.of(text.substring(start)));
        return ArrayValue.of(parts);
    }
}
