package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.window.RowResults;
import io.smilodon.query.aggregate.window.WindowFunction;
import io.smilodon.query.aggregate.window.WindowRows;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPattern;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads and sorts its whole input, then goes through it partition by partition: what the functions
 * take of its documents is evaluated beforehand, their results as documents are asked for.
 */
final class SetWindowFieldsCursor implements Cursor {

    private static final SortKey NO_KEY = new SortKey(List.of());

    /** What is kept of a document besides itself and its partition. */
    private static final long ROW_BYTES = 64;

    /** What a function keeps of a row besides the value: its window, its part of the result. */
    private static final long VALUE_BYTES = 96;

    private final Cursor input;
    private final SetWindowFields stage;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final Optional<SortPattern> sortBy;
    private List<Row> rows = List.of();
    private List<RowResults> results = List.of();
    private boolean isRead;
    private int next;
    private int partitionStart;
    private int partitionEnd;
    private long bytes;
    private long partitionBytes;
    private Document current = Document.EMPTY;

    SetWindowFieldsCursor(Cursor input, SetWindowFields stage, StageContext context) {
        this.input = input;
        this.stage = stage;
        this.context = context;
        this.evaluation = context.evaluation();
        this.sortBy = stage.sortBy().map(sort -> sort.under(evaluation.order()));
    }

    private record Row(Value partition, SortKey key, Document document) {}

    @Override
    public boolean advance() {
        if (!isRead) {
            rows = read();
            rows.sort(order());
            isRead = true;
        }
        if (next == rows.size()) {
            return false;
        }
        context.operation().checkAlive();
        if (next == partitionEnd) {
            openPartition();
        }
        current = result(next++);
        return true;
    }

    private List<Row> read() {
        List<Row> read = new ArrayList<>();
        while (input.advance()) {
            context.operation().checkAlive();
            Document document = input.current();
            Value partition = partition(document);
            reserve(ROW_BYTES + MemorySize.of(document) + MemorySize.of(partition));
            SortKey key = sortBy.map(sort -> sort.keyOf(document)).orElse(NO_KEY);
            read.add(new Row(partition, key, document));
        }
        return read;
    }

    private Value partition(Document document) {
        Value partition = stage.partitionBy().evaluate(evaluation.on(document));
        if (partition instanceof ArrayValue) {
            throw new SmilodonException(
                    ErrorCode.TYPE_MISMATCH,
                    "An expression used to partition cannot evaluate to value of type array");
        }
        return partition == Missing.INSTANCE ? NullValue.INSTANCE : partition;
    }

    private Comparator<Row> order() {
        Comparator<Row> byPartition = Comparator.comparing(Row::partition, evaluation.order());
        return sortBy.map(sort -> byPartition.thenComparing(Row::key, sort.keyComparator()))
                .orElse(byPartition);
    }

    private void openPartition() {
        release(partitionBytes);
        partitionBytes = 0;
        partitionStart = next;
        partitionEnd = next + 1;
        while (partitionEnd < rows.size()
                && evaluation
                        .order()
                        .areEqual(
                                rows.get(partitionEnd).partition,
                                rows.get(partitionStart).partition)) {
            partitionEnd++;
        }
        List<Row> members = rows.subList(partitionStart, partitionEnd);
        List<SortKey> keys = members.stream().map(Row::key).toList();
        results = new ArrayList<>();
        for (WindowFunction function : stage.functions()) {
            List<Value> values = values(function, members);
            results.add(function.open(new WindowRows(values, keys), evaluation));
        }
    }

    private List<Value> values(WindowFunction function, List<Row> members) {
        List<Value> values = new ArrayList<>(members.size());
        for (Row member : members) {
            context.operation().checkAlive();
            Value value = function.argument().evaluate(evaluation.on(member.document));
            long size = VALUE_BYTES + MemorySize.of(value);
            partitionBytes += size;
            reserve(size);
            values.add(value);
        }
        return values;
    }

    private Document result(int row) {
        Document document = rows.get(row).document;
        EvaluationContext seen = evaluation.on(document);
        Growth growth = Growth.under(1);
        for (int i = 0; i < results.size(); i++) {
            Value value = results.get(i).at(row - partitionStart);
            growth.add(value);
            seen = seen.with(SetWindowFields.variable(i), value);
        }
        return stage.output().apply(seen);
    }

    private void reserve(long more) {
        bytes += more;
        context.operation().reserve(stage.name(), more);
    }

    private void release(long size) {
        bytes -= size;
        context.operation().release(size);
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        release(bytes);
        rows = List.of();
        results = List.of();
        next = 0;
        input.close();
    }
}
