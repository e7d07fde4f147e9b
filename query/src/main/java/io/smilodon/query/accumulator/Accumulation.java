package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.PathCollector;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an accumulator is to do: which value of each document it takes, and how it begins. Immutable
 * and thread-safe.
 *
 * @param argument the value that a document contributes
 * @param initial what the accumulator of a group starts from, {@code n} for example; it sees the
 *     group's {@code _id} as its document
 * @param start makes the accumulator of a new group
 */
public record Accumulation(
        Expression argument, Expression initial, Function<Value, Accumulator> start) {

    private static final Expression NOTHING = new Literal(NullValue.INSTANCE);

    /** An accumulator that starts the same in every group. */
    static Accumulation of(Expression argument, Supplier<Accumulator> start) {
        return new Accumulation(argument, NOTHING, nothing -> start.get());
    }

    /** The accumulator of a group whose {@code _id}, if it is a document, the context is on. */
    public Accumulator begin(EvaluationContext group) {
        return start.apply(initial.evaluate(group));
    }

    /** Whether it starts differently in different groups. */
    public boolean readsGroup() {
        return !PathCollector.pathsOf(List.of(initial)).map(Set::isEmpty).orElse(false);
    }
}
