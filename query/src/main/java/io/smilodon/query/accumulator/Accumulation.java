package io.smilodon.query.accumulator;

import io.smilodon.query.expression.Expression;
import java.util.function.Supplier;

/**
 * What an accumulator is to do: which value of each document it takes, and how it begins. Immutable
 * and thread-safe.
 *
 * @param argument the value that a document contributes
 * @param start makes the accumulator of a new group
 */
public record Accumulation(Expression argument, Supplier<Accumulator> start) {

    public Accumulator begin() {
        return start.get();
    }
}
