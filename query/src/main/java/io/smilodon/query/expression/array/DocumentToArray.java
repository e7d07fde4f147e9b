package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {$objectToArray: <document>}}: a document {@code {k: <name>, v: <value>}} for each field.
 * Of null and missing it is null.
 */
record DocumentToArray(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(value instanceof Document document)) {
            throw ArrayErrors.wrongType(
                    40390, "The argument must be an object", "$objectToArray", value);
        }
        Steps.take(document.size());
        List<Value> pairs = new ArrayList<>();
        document.forEach(
                field ->
                        pairs.add(
                                Document.builder()
                                        .put("k", field.name())
                                        .put("v", field.value())
                                        .build()));
        return ArrayValue.of(pairs);
    }
}
