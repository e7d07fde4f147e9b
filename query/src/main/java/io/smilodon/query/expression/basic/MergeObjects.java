package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.Map;

/**
 * {@code {$mergeObjects: [<document>, …]}}: all their fields; of a name that occurs twice, the last
 * value in the first place. Null and missing count as empty. One operand may be an array of
 * documents.
 */
record MergeObjects(List<Expression> operands) implements VariadicExpression {

    MergeObjects {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        boolean isList = values.size() == 1 && values.get(0) instanceof ArrayValue;
        DocumentBuilder builder = Document.builder();
        for (Value value : isList ? ((ArrayValue) values.get(0)).elements() : values) {
            if (value instanceof Document document) {
                Steps.take(document.size());
                builder.putAll(document);
            } else if (!value.isNullish()) {
                throw new SmilodonException(
                        ErrorCode.location(40400),
                        "$mergeObjects requires object inputs",
                        Map.of("actual", value.type().alias()));
            }
        }
        return builder.build();
    }
}
