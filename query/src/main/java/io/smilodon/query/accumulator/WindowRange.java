package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.function.Function;

/** A window whose result stands at one of its ends. */
final class WindowRange implements SlidingAccumulator {

    private final List<Value> values;
    private final Function<List<Value>, Value> reading;
    private int start;
    private int end;

    /**
     * @param reading the result over the values in the window; it reads no more than it returns
     */
    WindowRange(List<Value> values, Function<List<Value>, Value> reading) {
        this.values = values;
        this.reading = reading;
    }

    static WindowRange first(List<Value> values) {
        return new WindowRange(
                values, rows -> rows.isEmpty() ? NullValue.INSTANCE : present(rows.getFirst()));
    }

    static WindowRange last(List<Value> values) {
        return new WindowRange(
                values, rows -> rows.isEmpty() ? NullValue.INSTANCE : present(rows.getLast()));
    }

    static WindowRange first(List<Value> values, long count) {
        return new WindowRange(
                values, rows -> array(rows.subList(0, (int) Math.min(count, rows.size()))));
    }

    static WindowRange last(List<Value> values, long count) {
        return new WindowRange(
                values,
                rows -> array(rows.subList((int) Math.max(0, rows.size() - count), rows.size())));
    }

    private static Value array(List<Value> rows) {
        return ArrayValue.of(rows.stream().map(WindowRange::present).toList());
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    @Override
    public void add(int row) {
        if (start == end) {
            start = row;
        }
        end = row + 1;
    }

    @Override
    public void remove(int row) {
        start = row + 1;
    }

    @Override
    public Value result() {
        return reading.apply(values.subList(start, end));
    }
}
