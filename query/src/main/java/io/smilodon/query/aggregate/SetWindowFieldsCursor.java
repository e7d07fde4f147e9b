package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.window.RowResults;
import io.smilodon.query.aggregate.window.WindowFunction;
import io.smilodon.query.aggregate.window.WindowRows;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.KeyedSort;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sorts its whole input, on disk if need be, then goes through it partition by partition, of which
 * it holds one: what the functions take of its documents is evaluated beforehand, their results as
 * documents are asked for.
 */
final class SetWindowFieldsCursor extends BlockingCursor {

    private static final SortKey NO_KEY = new SortKey(List.of());

    /** What is kept of a document besides itself. */
    private static final long ROW_BYTES = 64;

    /** What a function keeps of a row besides the value: its window, its part of the result. */
    private static final long VALUE_BYTES = 96;

    private final Cursor input;
    private final SetWindowFields stage;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final Optional<SortPattern> sortBy;
    private final KeyedSort sort;
    private final MemoryAccount memory;
    private final List<Document> members = new ArrayList<>();
    private final List<SortKey> keys = new ArrayList<>();
    private final List<RowResults> results = new ArrayList<>();
    private boolean hasMore;
    private int next;
    private Document current = Document.EMPTY;

    SetWindowFieldsCursor(Cursor input, SetWindowFields stage, StageContext context) {
        this.input = input;
        this.stage = stage;
        this.context = context;
        this.evaluation = context.evaluation();
        this.sortBy = stage.sortBy().map(pattern -> pattern.under(evaluation.order()));
        this.sort =
                new KeyedSort(
                        order(stage).under(evaluation.order()).keyComparator(),
                        0,
                        stage.name(),
                        context.operation());
        this.memory = new MemoryAccount(stage.name(), context.operation());
    }

    /** By the partition, then as the user wants it. */
    private static SortPattern order(SetWindowFields stage) {
        List<SortPart> parts = new ArrayList<>();
        parts.add(new SortPart(FieldPath.parse("partition"), true));
        stage.sortBy().ifPresent(pattern -> parts.addAll(pattern.parts()));
        return new SortPattern(parts);
    }

    @Override
    protected boolean advanceRead() {
        context.operation().checkAlive();
        if (next == members.size() && !openPartition()) {
            return false;
        }
        current = result(next++);
        return true;
    }

    @Override
    protected void read() {
        while (input.advance()) {
            context.operation().checkAlive();
            Document document = input.current();
            List<Value> key = new ArrayList<>();
            key.add(partition(document));
            sortBy.ifPresent(pattern -> key.addAll(pattern.keyOf(document).values()));
            sort.add(new SortKey(key), document);
        }
        sort.leaveMemory();
        hasMore = sort.advance();
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

    private boolean openPartition() {
        clear();
        if (!hasMore) {
            return false;
        }
        Value partition = sort.currentKey().value(0);
        while (hasMore && isOf(partition, sort.currentKey())) {
            context.operation().checkAlive();
            memory.reserve(ROW_BYTES + MemorySize.of(sort.current()));
            members.add(sort.current());
            keys.add(sortedBy(sort.currentKey()));
            hasMore = sort.advance();
        }
        for (WindowFunction function : stage.functions()) {
            results.add(function.open(new WindowRows(values(function), keys), evaluation));
        }
        return true;
    }

    private boolean isOf(Value partition, SortKey key) {
        return evaluation.order().areEqual(partition, key.value(0));
    }

    private static SortKey sortedBy(SortKey key) {
        List<Value> values = key.values();
        return values.size() == 1 ? NO_KEY : new SortKey(values.subList(1, values.size()));
    }

    private List<Value> values(WindowFunction function) {
        List<Value> values = new ArrayList<>(members.size());
        for (Document member : members) {
            context.operation().checkAlive();
            Value value = function.argument().evaluate(evaluation.on(member));
            memory.reserve(VALUE_BYTES + MemorySize.of(value));
            values.add(value);
        }
        return values;
    }

    private Document result(int row) {
        Document document = members.get(row);
        EvaluationContext seen = evaluation.on(document);
        Growth growth = Growth.under(1);
        for (int i = 0; i < results.size(); i++) {
            Value value = results.get(i).at(row);
            growth.add(value);
            seen = seen.with(SetWindowFields.variable(i), value);
        }
        return stage.output().apply(seen);
    }

    @Override
    public Document current() {
        return current;
    }

    private void clear() {
        memory.close();
        members.clear();
        keys.clear();
        results.clear();
        next = 0;
    }

    @Override
    public void close() {
        clear();
        hasMore = false;
        sort.close();
        input.close();
    }
}
