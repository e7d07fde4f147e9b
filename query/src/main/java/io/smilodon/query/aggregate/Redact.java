package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code {$redact: <expression>}}: leaves out documents and parts of them. The expression is asked
 * of each document, paths in it starting there, and says {@code $$KEEP} (with all that is in it),
 * {@code $$PRUNE} (without), or {@code $$DESCEND}: then it is asked of the documents inside.
 *
 * @param location where the expression stands, for errors
 */
record Redact(Expression expression, Location location) implements Stage {

    private static final StringValue KEEP = new StringValue("keep");
    private static final StringValue PRUNE = new StringValue("prune");
    private static final StringValue DESCEND = new StringValue("descend");

    /** {@code ROOT} is one here: paths start at the document inside that is looked at. */
    private static final Set<String> VARIABLES = Set.of("KEEP", "PRUNE", "DESCEND", "ROOT");

    static Stage parse(StageOperand operand) {
        Set<String> variables = new HashSet<>(operand.variables());
        variables.addAll(VARIABLES);
        return new Redact(
                ExpressionParser.parse(operand.value(), operand.location(), variables),
                operand.location());
    }

    @Override
    public String name() {
        return "$redact";
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        EvaluationContext variables =
                context.evaluation()
                        .with("KEEP", KEEP)
                        .with("PRUNE", PRUNE)
                        .with("DESCEND", DESCEND);
        return new RedactCursor(input, this, variables, context.operation());
    }

    /** What is left of a document; Missing if nothing is. */
    Value redacted(Document root, EvaluationContext variables) {
        return document(root, variables.with("ROOT", root));
    }

    private Value document(Document document, EvaluationContext variables) {
        Value decision = expression.evaluate(variables.on(document));
        if (decision.equals(KEEP)) {
            return document;
        }
        if (decision.equals(PRUNE)) {
            return Missing.INSTANCE;
        }
        if (!decision.equals(DESCEND)) {
            throw new SmilodonException(
                            ErrorCode.location(17053),
                            "$redact's expression should not return anything aside from the"
                                    + " variables $$KEEP, $$DESCEND, and $$PRUNE",
                            Map.of("actual", decision.type().alias()))
                    .at(location);
        }
        DocumentBuilder left = Document.builder();
        for (Field field : document) {
            Value value = value(field.value(), variables);
            if (value != Missing.INSTANCE) {
                left.put(field.name(), value);
            }
        }
        return left.build();
    }

    private Value value(Value value, EvaluationContext variables) {
        return switch (value) {
            case Document document -> document(document, variables);
            case ArrayValue array -> array(array, variables);
            default -> value;
        };
    }

    private ArrayValue array(ArrayValue array, EvaluationContext variables) {
        List<Value> left = new ArrayList<>();
        for (Value element : array) {
            Value value = value(element, variables);
            if (value != Missing.INSTANCE) {
                left.add(value);
            }
        }
        return ArrayValue.of(left);
    }
}
