package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All documents of the input in order. Keeps no more than are wanted, and accounts for what it
 * keeps. Documents that tie stay in the order in which they came.
 */
final class SortCursor implements Cursor {

    private final Cursor input;
    private final PlanStage.Sort stage;
    private final StageScope scope;
    private final Comparator<Row> order;
    private List<Row> sorted = List.of();
    private long bytes;
    private int position = -1;

    SortCursor(Cursor input, PlanStage.Sort stage, StageScope scope) {
        this.input = input;
        this.stage = stage;
        this.scope = scope;
        Comparator<SortKey> byKey = stage.pattern().keyComparator();
        this.order = Comparator.comparing(Row::key, byKey).thenComparingLong(Row::number);
    }

    private record Row(SortKey key, long number, Document document, long bytes) {}

    @Override
    public boolean advance() {
        if (position < 0) {
            sorted = stage.limit() > 0 ? top() : all();
        }
        position++;
        if (position >= sorted.size()) {
            return false;
        }
        scope.counts().countReturned();
        return true;
    }

    private List<Row> all() {
        List<Row> rows = new ArrayList<>();
        while (input.advance()) {
            rows.add(row(stage.pattern().keyOf(input.current()), rows.size()));
        }
        rows.sort(order);
        return rows;
    }

    private List<Row> top() {
        PriorityQueue<Row> last = new PriorityQueue<>(order.reversed());
        for (long number = 0; input.advance(); number++) {
            SortKey key = stage.pattern().keyOf(input.current());
            if (last.size() == stage.limit()) {
                if (stage.pattern().keyComparator().compare(key, last.element().key) >= 0) {
                    continue; // of those that tie, the earlier ones are kept
                }
                free(last.remove().bytes);
            }
            last.add(row(key, number));
        }
        List<Row> rows = new ArrayList<>(last);
        rows.sort(order);
        return rows;
    }

    private Row row(SortKey key, long number) {
        Document document = input.current();
        long size = MemorySize.of(document);
        for (Value value : key.values()) {
            size += MemorySize.of(value);
        }
        scope.operation().reserve(stage.stageName(), size);
        bytes += size;
        return new Row(key, number, document, size);
    }

    private void free(long size) {
        scope.operation().release(size);
        bytes -= size;
    }

    @Override
    public Document current() {
        return sorted.get(position).document;
    }

    @Override
    public void close() {
        free(bytes);
        sorted = List.of();
        input.close();
    }
}
