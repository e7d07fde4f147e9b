package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import io.smilodon.query.value.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads and sorts its whole input, then shares it out. A bucket takes its share, and after that
 * what ties with its last value or lies below its rounded upper boundary; the last one takes all
 * that is left.
 */
final class BucketAutoCursor implements Cursor {

    private static final long ROW_BYTES = 64;

    private final Cursor input;
    private final BucketAuto stage;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final List<String> names;
    private final List<Accumulation> accumulations;
    private List<Row> rows = List.of();
    private boolean isRead;
    private int position;
    private int bucket;
    private Value boundary = Missing.INSTANCE;
    private long bytes;
    private Document current = Document.EMPTY;

    BucketAutoCursor(Cursor input, BucketAuto stage, StageContext context) {
        this.input = input;
        this.stage = stage;
        this.context = context;
        this.evaluation = context.evaluation();
        this.names = List.copyOf(stage.output().keySet());
        this.accumulations = List.copyOf(stage.output().values());
    }

    /** What a document contributes: its place, and a value for each field of the output. */
    private record Row(Value key, List<Value> values) {}

    @Override
    public boolean advance() {
        if (!isRead) {
            rows = read();
            rows.sort(Comparator.comparing(Row::key, evaluation.order()));
            isRead = true;
        }
        if (position == rows.size()) {
            return false;
        }
        int start = position;
        bucket++;
        position = bucket == stage.buckets() ? rows.size() : endOfShare(start);
        current = stage.granularity().isPresent() ? rounded(start) : plain(start);
        return true;
    }

    private List<Row> read() {
        List<Row> read = new ArrayList<>();
        while (input.advance()) {
            context.operation().checkAlive();
            EvaluationContext document = evaluation.on(input.current());
            Value key = present(stage.groupBy().evaluate(document));
            if (stage.granularity().isPresent()) {
                requireRoundable(key);
            }
            List<Value> values = new ArrayList<>(accumulations.size());
            long size = ROW_BYTES + MemorySize.of(key);
            for (Accumulation accumulation : accumulations) {
                Value value = accumulation.argument().evaluate(document);
                values.add(value);
                size += MemorySize.of(value);
            }
            reserve(size);
            read.add(new Row(key, values));
        }
        return read;
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

    /** The end of the rows that make an even share, and of those that tie with the last. */
    private int endOfShare(int start) {
        long share = Math.max(1, Math.round(rows.size() / (double) stage.buckets()));
        int end = (int) Math.min(rows.size(), start + share);
        while (end < rows.size() && evaluation.order().areEqual(key(end), key(end - 1))) {
            end++;
        }
        return end;
    }

    private Document plain(int start) {
        return document(start, key(start), position < rows.size() ? key(position) : lastKey());
    }

    private Document rounded(int start) {
        Granularity granularity = stage.granularity().orElseThrow();
        Value low = boundary == Missing.INSTANCE ? granularity.below(number(key(start))) : boundary;
        boundary = granularity.above(number(lastKey()));
        while (position < rows.size() && evaluation.order().compare(key(position), boundary) < 0) {
            position++;
        }
        boolean endsAtZero = Numbers.isZero(number(boundary));
        if (endsAtZero && position < rows.size()) {
            boundary = granularity.below(number(key(position)));
        }
        return document(start, low, boundary);
    }

    private Document document(int start, Value low, Value high) {
        Document id = Document.builder().put("min", low).put("max", high).build();
        List<Accumulator> accumulators =
                accumulations.stream().map(one -> one.begin(evaluation)).toList();
        long held = 0;
        for (int row = start; row < position; row++) {
            context.operation().checkAlive();
            for (int i = 0; i < accumulators.size(); i++) {
                accumulators.get(i).add(rows.get(row).values.get(i));
            }
        }
        for (Accumulator accumulator : accumulators) {
            held += accumulator.memoryBytes();
        }
        reserve(held);
        Growth growth = Growth.under(1);
        growth.add(id);
        DocumentBuilder builder = Document.builder().put("_id", id);
        for (int i = 0; i < names.size(); i++) {
            Value result = present(accumulators.get(i).result());
            growth.add(result);
            builder.put(names.get(i), result);
        }
        release(held);
        return builder.build();
    }

    private Value key(int row) {
        return rows.get(row).key;
    }

    private Value lastKey() {
        return key(position - 1);
    }

    private static NumberValue number(Value key) {
        return (NumberValue) key;
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
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
        position = 0;
        input.close();
    }
}
