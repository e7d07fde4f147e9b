package io.smilodon.query.expression;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the parser stands inside an expression: the place in the request, the operator whose
 * operand this is, the variables that may be used, and how deep it is. Immutable.
 *
 * @param operator with its dollar sign; empty outside of any
 */
public record ExpressionScope(
        Location location, String operator, Set<String> variables, int depth) {

    /** How deep expressions may nest: as documents. Bounds the stack of parsing and evaluation. */
    public static final int DEPTH_MAX = Limits.NESTING_MAX;

    /** Variables around an expression: looking one up goes through those inside of it. */
    public static final int VARIABLES_MAX = 500;

    public ExpressionScope {
        variables = Set.copyOf(variables);
        if (variables.size() > VARIABLES_MAX) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "Too many variables around an expression",
                            Map.of("max", VARIABLES_MAX))
                    .at(location);
        }
    }

    /** A scope at a place of the request, with the variables that are bound there. */
    public static ExpressionScope at(Location location, Set<String> variables) {
        return new ExpressionScope(location, "", variables, 0);
    }

    /** Parses an operand that stands at this very place. */
    public Expression parse(Value operand) {
        return ExpressionParser.parse(operand, this);
    }

    /** Parses a named part of the operand. */
    public Expression parse(String name, Value part) {
        return child(name).parse(part);
    }

    /** Parses a named part of the operand if it is written. */
    public Optional<Expression> parseIfWritten(String name, Document parts) {
        return parts.has(name) ? Optional.of(parse(name, parts.get(name))) : Optional.empty();
    }

    /** Parses a named part of the operand, or takes a constant if it is not written. */
    public Expression parseOr(String name, Document parts, Value ifAbsent) {
        return parseIfWritten(name, parts).orElse(new Literal(ifAbsent));
    }

    /** Parses an element of the operand. */
    public Expression parse(int index, Value element) {
        return moved(location.child(index)).parse(element);
    }

    public ExpressionScope child(String name) {
        return moved(location.child(name));
    }

    /** This scope with one more variable. */
    public ExpressionScope with(String variable) {
        Set<String> more = new HashSet<>(variables);
        more.add(variable);
        return new ExpressionScope(location, operator, more, depth);
    }

    /** This scope with some more variables. */
    public ExpressionScope with(Set<String> others) {
        Set<String> more = new HashSet<>(variables);
        more.addAll(others);
        return new ExpressionScope(location, operator, more, depth);
    }

    /** The scope of an operator's operand. */
    ExpressionScope enter(String name) {
        return new ExpressionScope(location.child(name), name, variables, depth);
    }

    /** One level further down. */
    ExpressionScope deeper() {
        if (depth == DEPTH_MAX) {
            throw error(
                    ErrorCode.OVERFLOW, "Expression is nested too deeply", Map.of("max", depth));
        }
        return new ExpressionScope(location, operator, variables, depth + 1);
    }

    /** An error about the operator, at this place. */
    public SmilodonException error(ErrorCode code, String text, Map<String, ?> details) {
        return new SmilodonException(code, text, details).at(location);
    }

    private ExpressionScope moved(Location place) {
        return new ExpressionScope(place, operator, variables, depth);
    }
}
