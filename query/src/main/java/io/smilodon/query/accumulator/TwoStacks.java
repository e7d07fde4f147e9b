package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A window over values that can be merged but not taken out again: the older rows are a stack of
 * what holds from each of them on, the newer ones are merged into one. When the stack is empty, the
 * newer rows are poured into it, so that each row is merged twice, however far the window reaches.
 * Not thread-safe.
 *
 * @param <S> what is known about some values
 */
public final class TwoStacks<S> implements SlidingAccumulator {

    private final List<Value> values;
    private final Merging<S> merging;
    private final Deque<S> older = new ArrayDeque<>();
    private S newer;
    private int newerStart;
    private int newerEnd;

    public TwoStacks(List<Value> values, Merging<S> merging) {
        this.values = values;
        this.merging = merging;
        this.newer = merging.none();
    }

    @Override
    public void add(int row) {
        newer = merging.merge(newer, merging.of(values.get(row)));
        newerEnd = row + 1;
    }

    @Override
    public void remove(int row) {
        if (older.isEmpty()) {
            pour(row);
        }
        older.pop();
    }

    private void pour(int first) {
        S merged = merging.none();
        for (int row = newerEnd - 1; row >= Math.max(first, newerStart); row--) {
            merged = merging.merge(merging.of(values.get(row)), merged);
            older.push(merged);
        }
        newerStart = newerEnd;
        newer = merging.none();
    }

    @Override
    public Value result() {
        return merging.result(older.isEmpty() ? newer : merging.merge(older.peek(), newer));
    }
}
