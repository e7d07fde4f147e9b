package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads and sorts its whole input, then hands it on, partition by partition, with the values of the
 * series that are not there. Documents without the field come first.
 */
final class DensifyCursor implements Cursor {

    /** How many documents may be added, as in MongoDB. */
    static final int GENERATED_MAX = 500_000;

    private static final long ROW_BYTES = 64;
    private static final Comparator<Value> ORDER = ValueOrder.ASCENDING;

    private final Cursor input;
    private final Densify stage;
    private final OperationContext operation;
    private List<Row> rows = List.of();
    private boolean isRead;
    private int next;
    private int partitionEnd;
    private int generated;
    private Series series = Series.NONE;
    private Series whole = Series.NONE;
    private long step;
    private long bytes;
    private Document current = Document.EMPTY;

    DensifyCursor(Cursor input, Densify stage, OperationContext operation) {
        this.input = input;
        this.stage = stage;
        this.operation = operation;
    }

    /** A document, with what its partition has in common; missing values count as null. */
    private record Row(ArrayValue partition, Value value, Document document) {

        boolean hasValue() {
            return !value.isNullish();
        }
    }

    /**
     * What is added in a partition.
     *
     * @param template a document with the values of the partition
     * @param base the first value; missing for an empty series
     * @param isInclusive whether the last value belongs to it
     */
    private record Series(Document template, Value base, Value last, boolean isInclusive) {

        static final Series NONE =
                new Series(Document.EMPTY, Missing.INSTANCE, Missing.INSTANCE, false);

        Series with(Document partition) {
            return new Series(partition, base, last, isInclusive);
        }

        boolean has(Value value) {
            int order = ORDER.compare(value, last);
            return order < 0 || order == 0 && isInclusive;
        }
    }

    @Override
    public boolean advance() {
        if (!isRead) {
            rows = read();
            rows.sort(
                    Comparator.comparing(Row::partition, operation.order())
                            .thenComparing(Row::value, ORDER));
            isRead = true;
            whole = inclusive(rows);
            openFirst();
        }
        operation.checkAlive();
        while (!advanceInPartition()) {
            if (next == rows.size()) {
                return false;
            }
            openPartition();
        }
        return true;
    }

    private List<Row> read() {
        List<Row> read = new ArrayList<>();
        while (input.advance()) {
            operation.checkAlive();
            Document document = input.current();
            Value value = Nested.get(document, stage.field());
            if (!value.isNullish()) {
                requireType(value);
            }
            List<Value> partition = new ArrayList<>(stage.partitionBy().size());
            for (FieldPath path : stage.partitionBy()) {
                Value part = Nested.get(document, path);
                partition.add(part == Missing.INSTANCE ? NullValue.INSTANCE : part);
            }
            Row row = new Row(ArrayValue.of(partition), value, document);
            long size = ROW_BYTES + MemorySize.of(document) + MemorySize.of(row.partition);
            bytes += size;
            operation.reserve(stage.name(), size);
            read.add(row);
        }
        return read;
    }

    private void requireType(Value value) {
        if (!(value instanceof NumberValue) && !(value instanceof DateValue)) {
            throw refused(5733201, "Densify field type must be numeric or a date", value);
        }
        if (stage.range().unit().isPresent() != value instanceof DateValue) {
            throw refused(6053600, "A date needs a step with a unit, a number one without", value);
        }
    }

    private static SmilodonException refused(int code, String text, Value value) {
        return new SmilodonException(
                ErrorCode.location(code), text, Map.of("actual", value.type().alias()));
    }

    /** Without any document there is still the series between two bounds. */
    private void openFirst() {
        boolean isAlone = rows.isEmpty() && stage.partitionBy().isEmpty();
        if (isAlone && stage.range().bounds() instanceof DensifyRange.Bounds.Between between) {
            series = new Series(Document.EMPTY, between.lower(), between.upper(), false);
        }
    }

    private void openPartition() {
        Row first = rows.get(next);
        partitionEnd = next + 1;
        while (partitionEnd < rows.size()
                && operation.order().areEqual(rows.get(partitionEnd).partition, first.partition)) {
            partitionEnd++;
        }
        step = 0;
        series =
                switch (stage.range().bounds()) {
                    case DensifyRange.Bounds.Full full -> whole.with(template(first.document));
                    case DensifyRange.Bounds.OfPartition own ->
                            inclusive(rows.subList(next, partitionEnd))
                                    .with(template(first.document));
                    case DensifyRange.Bounds.Between between ->
                            new Series(
                                    template(first.document),
                                    between.lower(),
                                    between.upper(),
                                    false);
                };
    }

    private static Series inclusive(List<Row> members) {
        Value least = Missing.INSTANCE;
        Value greatest = Missing.INSTANCE;
        for (Row row : members) {
            if (!row.hasValue()) {
                continue;
            }
            boolean isFirst = least == Missing.INSTANCE;
            least = isFirst || ORDER.compare(row.value, least) < 0 ? row.value : least;
            greatest = isFirst || ORDER.compare(row.value, greatest) > 0 ? row.value : greatest;
        }
        return new Series(Document.EMPTY, least, greatest, true);
    }

    private Document template(Document member) {
        Document template = Document.EMPTY;
        for (FieldPath path : stage.partitionBy()) {
            Value part = Nested.get(member, path);
            template = part == Missing.INSTANCE ? template : Nested.set(template, path, part);
        }
        return template;
    }

    /** The lower of the next document and the next value; the document if they are equal. */
    private boolean advanceInPartition() {
        boolean hasRow = next < partitionEnd;
        if (hasRow && !rows.get(next).hasValue()) {
            current = rows.get(next++).document;
            return true;
        }
        if (series.base == Missing.INSTANCE) {
            return take(hasRow);
        }
        Value value = stage.range().at(series.base, step);
        if (!series.has(value)) {
            return take(hasRow);
        }
        int order = hasRow ? ORDER.compare(value, rows.get(next).value) : -1;
        if (order <= 0) {
            step++;
        }
        return order < 0 ? generate(value) : take(true);
    }

    private boolean take(boolean hasRow) {
        if (hasRow) {
            current = rows.get(next++).document;
        }
        return hasRow;
    }

    private boolean generate(Value value) {
        if (++generated > GENERATED_MAX) {
            throw new SmilodonException(
                    ErrorCode.location(5897900),
                    "Generated too many documents in $densify",
                    Map.of("limit", GENERATED_MAX));
        }
        current = Nested.set(series.template, stage.field(), value);
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        operation.release(bytes);
        bytes = 0;
        rows = List.of();
        next = 0;
        partitionEnd = 0;
        series = Series.NONE;
        input.close();
    }
}
