package io.smilodon.query.expression;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.HeldValues;
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
        try (HeldValues held = new HeldValues(fields.size())) {
            fields.forEach((name, field) -> builder.put(name, kept(field, context, held)));
        }
        return builder.build();
    }

    private static Value kept(Expression field, EvaluationContext context, HeldValues held) {
        Value value = field.evaluate(context);
        held.add(value);
        return value;
    }

    @Override
    public List<Expression> operands() {
        return List.copyOf(fields.values());
    }
}
