package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * {@code $minN}, {@code $maxN}, {@code $topN} and {@code $bottomN}: the best values in their order,
 * leaving out null and missing ones.
 */
final class BestN implements Accumulator {

    private static final long ENTRY_BYTES = 64;

    private final Ranking ranking;
    private final long count;
    private final TreeSet<Entry> best;
    private long added;
    private long bytes = OBJECT_BYTES;

    BestN(Ranking ranking, long count) {
        this.ranking = ranking;
        this.count = count;
        this.best =
                new TreeSet<>(
                        Comparator.comparing(Entry::value, ranking.order())
                                .thenComparingLong(Entry::number));
    }

    private record Entry(Value value, long number) {}

    @Override
    public void add(Value value) {
        if (value.isNullish() || value instanceof UndefinedValue) {
            return;
        }
        best.add(new Entry(value, added++));
        bytes += ENTRY_BYTES + MemorySize.of(value);
        if (best.size() > count) {
            Entry worst = ranking.isFromEnd() ? best.pollFirst() : best.pollLast();
            bytes -= ENTRY_BYTES + MemorySize.of(worst.value);
        }
    }

    @Override
    public Value result() {
        return ArrayValue.of(
                best.stream().map(entry -> ranking.output().apply(entry.value)).toList());
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
