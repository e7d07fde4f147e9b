package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.PathCollector;
import java.util.List;
import java.util.Set;

/**
 * What an accumulator is to do: which value of each document it takes, and how it begins. Immutable
 * and thread-safe.
 */
public final class Accumulation {

    private static final Expression NOTHING = new Literal(NullValue.INSTANCE);

    private final Expression argument;
    private final Expression initial;
    private final AccumulatorKind kind;

    /**
     * @param argument the value that a document contributes
     * @param initial what the accumulator of a group starts from, {@code n} for example; it sees
     *     the group's {@code _id} as its document
     * @param kind how it begins
     */
    Accumulation(Expression argument, Expression initial, AccumulatorKind kind) {
        this.argument = argument;
        this.initial = initial;
        this.kind = kind;
    }

    /** An accumulation that starts the same in every group. */
    static Accumulation of(Expression argument, AccumulatorKind kind) {
        return new Accumulation(argument, NOTHING, kind);
    }

    /** The value that a document contributes. */
    public Expression argument() {
        return argument;
    }

    /** The accumulator of a group whose {@code _id}, if it is a document, the context is on. */
    public Accumulator begin(EvaluationContext group) {
        return kind.begin(initial.evaluate(group), group.order());
    }

    /**
     * An accumulator over a window of rows.
     *
     * @param values what each row contributes
     */
    public SlidingAccumulator slide(EvaluationContext partition, List<Value> values) {
        return kind.slide(initial.evaluate(partition), values, partition.order());
    }

    /** Whether it looks at the first document of a group only. */
    public boolean isOfFirst() {
        return kind == Accumulators.FIRST;
    }

    /** Whether it looks at the last document of a group only. */
    public boolean isOfLast() {
        return kind == Accumulators.LAST;
    }

    /** Whether it starts differently in different groups. */
    public boolean readsGroup() {
        return !PathCollector.pathsOf(List.of(initial)).map(Set::isEmpty).orElse(false);
    }
}
