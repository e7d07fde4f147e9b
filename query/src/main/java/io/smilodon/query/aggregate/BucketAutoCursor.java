package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.KeyedSort;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.HeldValues;
import io.smilodon.query.value.Numbers;
import java.util.List;
import java.util.Map;

/**
 * Sorts its whole input, on disk if need be, then shares it out. A bucket takes its share, and
 * after that what ties with its last value or lies below its rounded upper boundary; the last one
 * takes all that is left.
 */
final class BucketAutoCursor extends BlockingCursor {

    /** Rows have one key: what they are grouped by. */
    private static final SortPattern BY_KEY =
            new SortPattern(List.of(new SortPart(FieldPath.parse("key"), true)));

    private final Cursor input;
    private final BucketAuto stage;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final List<String> names;
    private final List<Accumulation> accumulations;
    private final KeyedSort sort;
    private long count;
    private boolean hasRow;
    private Value last = Missing.INSTANCE;
    private int bucket;
    private Value boundary = Missing.INSTANCE;
    private Document current = Document.EMPTY;

    BucketAutoCursor(Cursor input, BucketAuto stage, StageContext context) {
        this.input = input;
        this.stage = stage;
        this.context = context;
        this.evaluation = context.evaluation();
        this.names = List.copyOf(stage.output().keySet());
        this.accumulations = List.copyOf(stage.output().values());
        this.sort =
                new KeyedSort(
                        BY_KEY.under(evaluation.order()).keyComparator(),
                        0,
                        stage.name(),
                        context.operation());
    }

    @Override
    protected boolean advanceRead() {
        if (!hasRow) {
            return false;
        }
        try (MemoryAccount memory = new MemoryAccount(stage.name(), context.operation())) {
            current = nextBucket(new Share(memory));
        }
        return true;
    }

    @Override
    protected void read() {
        while (input.advance()) {
            context.operation().checkAlive();
            EvaluationContext document = evaluation.on(input.current());
            Value key = present(stage.groupBy().evaluate(document));
            if (stage.granularity().isPresent()) {
                requireRoundable(key);
            }
            sort.add(new SortKey(List.of(key)), row(document));
            count++;
        }
        sort.leaveMemory();
        hasRow = sort.advance();
    }

    /** What the accumulators will see of a document. */
    private Document row(EvaluationContext document) {
        DocumentBuilder values = Document.builder();
        try (HeldValues held = new HeldValues(names.size())) {
            for (int i = 0; i < names.size(); i++) {
                Value value = accumulations.get(i).argument().evaluate(document);
                if (value != Missing.INSTANCE) {
                    held.add(value);
                    values.put(names.get(i), value);
                }
            }
        }
        return values.build();
    }

    private static void requireRoundable(Value key) {
        if (!(key instanceof NumberValue number)) {
            throw refused(40258, "only numeric values can be rounded to a granularity", key);
        }
        if (Numbers.isNaN(number)) {
            throw refused(40259, "NaN cannot be rounded to a granularity", key);
        }
        if (Numbers.isNegative(number)) {
            throw refused(40260, "negative numbers cannot be rounded to a granularity", key);
        }
    }

    private static SmilodonException refused(int code, String text, Value key) {
        return new SmilodonException(
                ErrorCode.location(code), text, Map.of("actual", key.toString()));
    }

    private Document nextBucket(Share share) {
        bucket++;
        Value first = key();
        long even = Math.max(1, Math.round(count / (double) stage.buckets()));
        long wanted = bucket == stage.buckets() ? Long.MAX_VALUE : even;
        for (long taken = 0; hasRow && (taken < wanted || isTied()); taken++) {
            share.take();
        }
        if (stage.granularity().isEmpty()) {
            return share.document(first, hasRow ? key() : last);
        }
        return rounded(first, share);
    }

    private Document rounded(Value first, Share share) {
        Granularity granularity = stage.granularity().orElseThrow();
        Value low = boundary == Missing.INSTANCE ? granularity.below(number(first)) : boundary;
        boundary = granularity.above(number(last));
        while (hasRow && evaluation.order().compare(key(), boundary) < 0) {
            share.take();
        }
        boolean endsAtZero = Numbers.isZero(number(boundary));
        if (endsAtZero && hasRow) {
            boundary = granularity.below(number(key()));
        }
        return share.document(low, boundary);
    }

    /** What the next row is grouped by. */
    private Value key() {
        return sort.currentKey().value(0);
    }

    private boolean isTied() {
        return evaluation.order().areEqual(key(), last);
    }

    private static NumberValue number(Value key) {
        return (NumberValue) key;
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    /** The rows of one bucket. */
    private final class Share {

        private final MemoryAccount memory;
        private final List<Accumulator> accumulators;

        Share(MemoryAccount memory) {
            this.memory = memory;
            this.accumulators = accumulations.stream().map(one -> one.begin(evaluation)).toList();
        }

        /** Takes the next row. */
        void take() {
            context.operation().checkAlive();
            Document values = sort.current();
            for (int i = 0; i < accumulators.size(); i++) {
                Accumulator accumulator = accumulators.get(i);
                long before = accumulator.memoryBytes();
                accumulator.add(values.get(names.get(i)));
                memory.reserve(accumulator.memoryBytes() - before);
            }
            last = key();
            hasRow = sort.advance();
        }

        Document document(Value low, Value high) {
            Document id = Document.builder().put("min", low).put("max", high).build();
            Growth growth = Growth.under(1);
            growth.add(id);
            DocumentBuilder builder = Document.builder().put("_id", id);
            for (int i = 0; i < names.size(); i++) {
                Value result = present(accumulators.get(i).result());
                growth.add(result);
                builder.put(names.get(i), result);
            }
            return builder.build();
        }
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        hasRow = false;
        sort.close();
        input.close();
    }
}
