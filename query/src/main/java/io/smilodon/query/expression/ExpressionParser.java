package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes an expression of its written form: a string that starts with a dollar sign is a path or a
 * variable, a document with an operator is its application, other documents and arrays hold
 * expressions, and everything else stands for itself.
 */
public final class ExpressionParser {

    private ExpressionParser() {}

    public static Expression parse(Value written, Location location) {
        return parse(written, ExpressionScope.at(location, Set.of()));
    }

    /** Parses where variables of the user are bound, by {@code let} for example. */
    public static Expression parse(Value written, Location location, Set<String> variables) {
        return parse(written, ExpressionScope.at(location, variables));
    }

    static Expression parse(Value written, ExpressionScope scope) {
        return switch (written) {
            case StringValue string -> string(string, scope);
            case Document document -> document(document, scope.deeper());
            case ArrayValue array -> array(array, scope.deeper());
            default -> new Literal(written);
        };
    }

    private static Expression string(StringValue string, ExpressionScope scope) {
        String text = string.value();
        if (text.startsWith("$$")) {
            return VariableReference.parse(text.substring(2), scope);
        }
        if (text.equals("$")) {
            throw scope.error(
                    ErrorCode.location(16872), "'$' by itself is not a valid FieldPath", Map.of());
        }
        return text.startsWith("$")
                ? VariableReference.path(text.substring(1), scope)
                : new Literal(string);
    }

    private static Expression array(ArrayValue array, ExpressionScope scope) {
        List<Expression> elements = new ArrayList<>();
        for (Value element : array) {
            elements.add(scope.parse(elements.size(), element));
        }
        return elements.stream().allMatch(Literal.class::isInstance)
                ? folded(elements)
                : new ArrayExpression(elements);
    }

    private static Literal folded(List<Expression> elements) {
        List<Value> values = new ArrayList<>(elements.size());
        elements.forEach(one -> values.add(((Literal) one).value()));
        return new Literal(ArrayExpression.of(values));
    }

    private static Expression document(Document document, ExpressionScope scope) {
        if (document.isEmpty()) {
            return new Literal(document);
        }
        Field first = document.iterator().next();
        return first.name().startsWith("$")
                ? operator(document, first, scope)
                : fields(document, scope);
    }

    private static Expression fields(Document document, ExpressionScope scope) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        for (Field field : document) {
            ExpressionScope inside = scope.child(field.name());
            FieldNames.requireName(field.name(), inside.location());
            fields.put(field.name(), inside.parse(field.value()));
        }
        return fields.values().stream().allMatch(Literal.class::isInstance)
                ? folded(fields)
                : new DocumentExpression(fields);
    }

    private static Literal folded(Map<String, Expression> fields) {
        DocumentBuilder builder = Document.builder();
        fields.forEach((name, field) -> builder.put(name, ((Literal) field).value()));
        return new Literal(builder.build());
    }

    private static Expression operator(Document document, Field field, ExpressionScope scope) {
        if (document.size() > 1) {
            throw scope.error(
                    ErrorCode.location(15983),
                    "An object representing an expression must have exactly one field",
                    Map.of("operator", field.name(), "fields", document.size()));
        }
        ExpressionScope inside = scope.enter(field.name());
        ExpressionOperator operator =
                ExpressionOperators.TABLE
                        .find(field.name(), inside.location())
                        .orElseThrow(() -> refusedOrUnknown(field.name(), inside));
        Expression expression = create(operator, field.value(), inside);
        return expression instanceof Literal
                ? expression
                : new LocatedExpression(expression, inside.location());
    }

    /** Constants, patterns for example, are checked while parsing: such errors get their place. */
    private static Expression create(
            ExpressionOperator operator, Value operand, ExpressionScope scope) {
        try {
            return operator.factory().create(operand, scope);
        } catch (SmilodonException e) {
            throw e.location().isPresent() ? e : e.at(scope.location());
        }
    }

    private static SmilodonException refusedOrUnknown(String name, ExpressionScope scope) {
        return RefusedOperators.error(name, scope).orElseGet(() -> unknown(name, scope));
    }

    private static SmilodonException unknown(String name, ExpressionScope scope) {
        return withSuggestion(
                scope.error(
                        ErrorCode.INVALID_PIPELINE_OPERATOR,
                        "Unrecognized expression",
                        Map.of("name", name)),
                name);
    }

    /** Whether an operator of that name is known, if only to be refused. */
    public static boolean isOperator(String name) {
        return ExpressionOperators.TABLE.has(name) || RefusedOperators.names().contains(name);
    }

    /** The error about an unknown operator, with the one that may have been meant. */
    public static SmilodonException withSuggestion(SmilodonException error, String name) {
        return ExpressionOperators.TABLE.withSuggestion(error, name);
    }
}
