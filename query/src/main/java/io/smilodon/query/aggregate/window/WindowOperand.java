package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.expression.date.DateUnit;
import io.smilodon.query.sort.SortPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows a window function's name.
 *
 * @param name the function, with its dollar sign
 * @param value as written
 * @param window the window as written, missing if there is none
 * @param scope where the value stands
 * @param sort the order of the documents
 */
record WindowOperand(
        String name, Value value, Value window, ExpressionScope scope, Optional<SortPattern> sort) {

    SmilodonException error(ErrorCode code, String text) {
        return scope.error(code, text, Map.of("function", name));
    }

    SmilodonException error(String text) {
        return error(ErrorCode.FAILED_TO_PARSE, text);
    }

    WindowOperand requireNoWindow(ErrorCode code) {
        if (window != Missing.INSTANCE) {
            throw error(code, "The window function does not accept a 'window' field");
        }
        return this;
    }

    WindowOperand requireSort(ErrorCode code) {
        if (sort.isEmpty()) {
            throw error(code, "The window function must be specified with a top level sortBy");
        }
        return this;
    }

    WindowOperand requireSingleSort(ErrorCode code) {
        if (sort.isEmpty() || sort.get().parts().size() != 1) {
            throw error(
                    code,
                    "The window function must be specified with a top level sortBy of exactly one"
                            + " element");
        }
        return this;
    }

    /** The value as a document with no other fields than these. */
    Document parts(Set<String> known) {
        if (!(value instanceof Document document)) {
            throw error("The window function expects an object");
        }
        for (Field field : document) {
            if (!known.contains(field.name())) {
                throw scope.child(field.name())
                        .error(
                                ErrorCode.FAILED_TO_PARSE,
                                "The window function got an unexpected argument",
                                Map.of("function", name, "argument", field.name()));
            }
        }
        return document;
    }

    /** A part of the operand that must be there. */
    Expression required(Document parts, String part) {
        if (!parts.has(part)) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "The window function requires an argument",
                    Map.of("function", name, "argument", part));
        }
        return scope.parse(part, parts.get(part));
    }

    /** The value of a part that must be a number. */
    NumberValue number(Document parts, String part) {
        if (constant(parts.get(part), scope.child(part)) instanceof NumberValue number) {
            return number;
        }
        throw scope.child(part)
                .error(
                        ErrorCode.FAILED_TO_PARSE,
                        "The argument must be a number",
                        Map.of("function", name));
    }

    /** The unit of time that a part names, which must have a fixed length. */
    Optional<DateUnit> unit(Document parts) {
        if (!parts.has("unit")) {
            return Optional.empty();
        }
        DateUnit unit = unit(parts.get("unit"), scope.child("unit"));
        if (unit.millis().isEmpty()) {
            throw scope.child("unit")
                    .error(
                            ErrorCode.location(5490710),
                            "unit must be 'week' or smaller",
                            Map.of("function", name));
        }
        return Optional.of(unit);
    }

    static DateUnit unit(Value written, ExpressionScope scope) {
        String name = written instanceof StringValue text ? text.value() : "";
        return DateUnit.find(name)
                .orElseThrow(
                        () ->
                                scope.error(
                                        ErrorCode.FAILED_TO_PARSE,
                                        "'unit' must be the name of a unit of time",
                                        Map.of("actual", written.toString())));
    }

    /** The value of an expression that is the same for every document. */
    static Value constant(Value written, ExpressionScope scope) {
        Expression expression = scope.parse(written);
        if (!PathCollector.pathsOf(List.of(expression)).map(Set::isEmpty).orElse(false)) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE, "The argument must be a constant", Map.of());
        }
        return expression.evaluate(EvaluationContext.of(Document.EMPTY, OperationScope.instant()));
    }
}
