package io.smilodon.query.expression;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Growth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code {name: <expression>, …}}: a document; fields without a value are left out.
 *
 * @param fields in the order of the document
 */
record DocumentExpression(Map<String, Expression> fields) implements CompoundExpression {

    DocumentExpression {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        DocumentBuilder builder = Document.builder();
        if (fields.size() > VariadicExpression.OPERANDS_UNCOUNTED) {
            Growth growth = Growth.under(1);
            fields.forEach((name, field) -> builder.put(name, counted(field, context, growth)));
        } else {
            fields.forEach((name, field) -> builder.put(name, field.evaluate(context)));
        }
        return builder.build();
    }

    private static Value counted(Expression field, EvaluationContext context, Growth growth) {
        Value value = field.evaluate(context);
        growth.add(value);
        return value;
    }

    @Override
    public List<Expression> operands() {
        return List.copyOf(fields.values());
    }
}
