package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The documents of its input in order, those that tie as they came. Keeps as many as are wanted.
 */
final class SortCursor implements Cursor {

    private final Cursor input;
    private final Sort sort;
    private final OperationContext operation;
    private final Comparator<Row> order;
    private List<Row> rows = List.of();
    private int position = -1;
    private long bytes;

    SortCursor(Cursor input, Sort sort, OperationContext operation) {
        this.input = input;
        this.sort = sort;
        this.operation = operation;
        this.order =
                Comparator.comparing(Row::key, sort.pattern().keyComparator())
                        .thenComparingLong(Row::number);
    }

    private record Row(SortKey key, long number, Document document, long bytes) {}

    @Override
    public boolean advance() {
        if (position < 0) {
            rows = sort.limit() > 0 ? first(sort.limit()) : all();
            rows.sort(order);
        }
        if (position < rows.size()) {
            position++;
        }
        return position < rows.size();
    }

    private List<Row> all() {
        List<Row> all = new ArrayList<>();
        while (input.advance()) {
            operation.checkAlive();
            all.add(row(sort.pattern().keyOf(input.current()), all.size()));
        }
        return all;
    }

    /** A heap of the best so far, with the worst of them on top. */
    private List<Row> first(long limit) {
        PriorityQueue<Row> best = new PriorityQueue<>(order.reversed());
        for (long number = 0; input.advance(); number++) {
            operation.checkAlive();
            SortKey key = sort.pattern().keyOf(input.current());
            if (best.size() == limit) {
                if (sort.pattern().keyComparator().compare(key, best.element().key) >= 0) {
                    continue; // of those that tie, the earlier ones are kept
                }
                release(best.remove().bytes);
            }
            best.add(row(key, number));
        }
        return new ArrayList<>(best);
    }

    private Row row(SortKey key, long number) {
        Document document = input.current();
        long size = MemorySize.of(document);
        bytes += size;
        operation.reserve(sort.name(), size);
        return new Row(key, number, document, size);
    }

    private void release(long size) {
        bytes -= size;
        operation.release(size);
    }

    @Override
    public Document current() {
        return rows.get(position).document;
    }

    @Override
    public void close() {
        release(bytes);
        rows = List.of();
        input.close();
    }
}
