package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.HeldValues;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of the user that an operation has as a whole: those of its option {@code let}.
 *
 * @param names what expressions may name
 * @param context the values, around an empty document
 */
public record BoundVariables(Set<String> names, EvaluationContext context) {

    private static final ErrorCode NOT_CONSTANT = ErrorCode.location(4890500);

    public BoundVariables {
        names = Set.copyOf(names);
    }

    /** No variables. */
    public static BoundVariables none(DateValue now) {
        return new BoundVariables(Set.of(), EvaluationContext.of(Document.EMPTY, now));
    }

    /** The instant of the operation. */
    public DateValue now() {
        return context.now();
    }

    /** About how much memory the values take. */
    public long memoryBytes() {
        return context.variablesBytes();
    }

    /**
     * Evaluates the expressions of a {@code let}; each sees the variables before it, and none a
     * document.
     *
     * @throws io.smilodon.engine.error.SmilodonException 9 for a name that no variable can have,
     *     4890500 for an expression that reads a document
     */
    public static BoundVariables parse(Document let, Location location, DateValue now) {
        BoundVariables bound = none(now);
        if (let.isEmpty()) {
            return bound;
        }
        try (HeldValues held = new HeldValues(let.size())) {
            for (Field variable : let) {
                String name = variable.name();
                ExpressionScope place = ExpressionScope.at(location.child(name), bound.names);
                VariableReference.requireUserName(name, place);
                Expression expression = place.parse(variable.value());
                requireConstant(expression, place);
                bound = bound.with(place.with(name), name, expression);
                held.add(bound.context.variable(name));
            }
        }
        return bound;
    }

    private static void requireConstant(Expression expression, ExpressionScope place) {
        PathCollector collector = new PathCollector();
        expression.collectPaths(collector);
        boolean isConstant = collector.paths().equals(Optional.of(Set.of()));
        if (!isConstant) {
            throw place.error(
                    NOT_CONSTANT,
                    "Command let Expression tried to access a field, but this is not allowed"
                            + " because command let expressions run before the query examines any"
                            + " documents.",
                    Map.of());
        }
    }

    /** These and one more, which hides an earlier one of its name. */
    private BoundVariables with(ExpressionScope inner, String name, Expression expression) {
        Value value = expression.evaluate(context);
        return new BoundVariables(inner.variables(), context.with(name, value));
    }

    /** These and some more, which have no value for the operation as a whole. */
    public BoundVariables withChanging(Set<String> others) {
        Set<String> all = new HashSet<>(names);
        EvaluationContext changed = context;
        for (String name : others) {
            all.add(name);
            changed = changed.with(name, Missing.INSTANCE);
        }
        return new BoundVariables(all, changed);
    }

    /** These and some more, which are values as they stand. */
    public BoundVariables withConstants(Document constants, Location location) {
        BoundVariables bound = this;
        for (Field constant : constants) {
            String name = constant.name();
            ExpressionScope place = ExpressionScope.at(location.child(name), bound.names);
            VariableReference.requireUserName(name, place);
            bound = bound.with(place.with(name), name, new Literal(constant.value()));
        }
        return bound;
    }
}
