package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** {@code $topN} and its kin over a window: its rows in their order. */
final class WindowRanking implements SlidingAccumulator {

    private final List<Value> values;
    private final Ranking ranking;
    private final long count;
    private final boolean isSingle;
    private final TreeSet<Integer> rows;

    private WindowRanking(List<Value> values, Ranking ranking, long count, boolean isSingle) {
        this.values = values;
        this.ranking = ranking;
        this.count = count;
        this.isSingle = isSingle;
        Comparator<Integer> byValue = Comparator.comparing(values::get, ranking.order());
        this.rows = new TreeSet<>(byValue.thenComparing(Comparator.naturalOrder()));
    }

    /** The best one, null without any. */
    static WindowRanking one(List<Value> values, Ranking ranking) {
        return new WindowRanking(values, ranking, 1, true);
    }

    /** So many of the best. */
    static WindowRanking many(List<Value> values, Ranking ranking, long count) {
        return new WindowRanking(values, ranking, count, false);
    }

    @Override
    public void add(int row) {
        if (counts(row)) {
            rows.add(row);
        }
    }

    @Override
    public void remove(int row) {
        if (counts(row)) {
            rows.remove(row);
        }
    }

    private boolean counts(int row) {
        Value value = values.get(row);
        return !value.isNullish() && !(value instanceof UndefinedValue);
    }

    @Override
    public Value result() {
        List<Value> best = new ArrayList<>();
        Iterator<Integer> order = ranking.isFromEnd() ? rows.descendingIterator() : rows.iterator();
        while (best.size() < count && order.hasNext()) {
            best.add(ranking.output().apply(values.get(order.next())));
        }
        if (ranking.isFromEnd()) {
            Collections.reverse(best);
        }
        if (isSingle) {
            return best.isEmpty() ? NullValue.INSTANCE : best.getFirst();
        }
        return ArrayValue.of(best);
    }
}
