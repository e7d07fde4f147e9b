package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.MetadataKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code {$meta: <kind>}}: what is known of the document besides its fields. */
public record MetaOperator(MetadataKind kind) implements Expression {

    /**
     * Reads the operand.
     *
     * @throws SmilodonException 17307 if it is no string, 17308 if it names nothing that is known
     */
    public static Expression parse(Value operand, ExpressionScope scope) {
        if (!(operand instanceof StringValue name)) {
            throw scope.error(
                    ErrorCode.location(17307),
                    "$meta only supports string arguments",
                    Map.of("actual", operand.type().alias()));
        }
        return new MetaOperator(
                MetadataKind.named(name.value())
                        .filter(known -> known != MetadataKind.SEARCH_META)
                        .orElseThrow(() -> unknown(name.value(), scope)));
    }

    private static SmilodonException unknown(String name, ExpressionScope scope) {
        List<String> names =
                Arrays.stream(MetadataKind.values()).map(MetadataKind::argument).toList();
        return scope.error(
                        ErrorCode.location(17308),
                        "Unsupported argument to $meta",
                        Map.of("argument", name))
                .withHint("one of " + names);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        return AnnotatedDocument.metadata(context.root()).get(kind);
    }
}
