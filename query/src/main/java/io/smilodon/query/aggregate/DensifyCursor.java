package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.KeyedSort;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Sorts its whole input, on disk if need be, then hands it on, partition by partition, with the
 * values of the series that are not there. Documents without the field come first.
 */
final class DensifyCursor extends BlockingCursor {

    /** How many documents may be added, as in MongoDB. */
    static final int GENERATED_MAX = 500_000;

    private static final Comparator<Value> ORDER = ValueOrder.ASCENDING;

    /** Rows have two keys: what their partition has in common, and the value of the field. */
    private static final SortPattern BY_PARTITION_AND_VALUE =
            new SortPattern(
                    List.of(
                            new SortPart(FieldPath.parse("partition"), true),
                            new SortPart(FieldPath.parse("value"), true)));

    private final Cursor input;
    private final Densify stage;
    private final OperationContext operation;
    private final KeyedSort sort;
    private boolean hasRow;
    private boolean isRowOfPartition;
    private int generated;
    private Series series = Series.NONE;
    private Series whole = Series.NONE;
    private Value next = Missing.INSTANCE;
    private Document current = Document.EMPTY;

    DensifyCursor(Cursor input, Densify stage, OperationContext operation) {
        this.input = input;
        this.stage = stage;
        this.operation = operation;
        this.sort =
                new KeyedSort(
                        BY_PARTITION_AND_VALUE.under(operation.order()).keyComparator(),
                        0,
                        stage.name(),
                        operation);
    }

    /**
     * What is added in a partition.
     *
     * @param template a document with the values of the partition
     * @param base the first value; missing for an empty series
     * @param last the last value; MaxKey if the series ends with the documents
     * @param isInclusive whether the last value belongs to it
     */
    private record Series(Document template, Value base, Value last, boolean isInclusive) {

        static final Series NONE =
                new Series(Document.EMPTY, Missing.INSTANCE, Missing.INSTANCE, false);

        Series with(Document partition) {
            return new Series(partition, base, last, isInclusive);
        }

        /** The series that has this value, too. */
        Series reaching(Value value) {
            boolean isFirst = base == Missing.INSTANCE;
            return new Series(
                    template,
                    isFirst || ORDER.compare(value, base) < 0 ? value : base,
                    isFirst || ORDER.compare(value, last) > 0 ? value : last,
                    true);
        }

        boolean has(Value value) {
            int order = ORDER.compare(value, last);
            return order < 0 || order == 0 && isInclusive;
        }

        boolean endsWithDocuments() {
            return last == MaxKey.INSTANCE;
        }
    }

    @Override
    protected boolean advanceRead() {
        operation.checkAlive();
        while (!advanceInPartition()) {
            if (!hasRow) {
                return false;
            }
            openPartition();
        }
        return true;
    }

    @Override
    protected void read() {
        while (input.advance()) {
            operation.checkAlive();
            Document document = input.current();
            Value value = Nested.get(document, stage.field());
            if (!value.isNullish()) {
                requireType(value);
                whole = whole.reaching(value);
            }
            List<Value> partition = new ArrayList<>(stage.partitionBy().size());
            for (FieldPath path : stage.partitionBy()) {
                Value part = Nested.get(document, path);
                partition.add(part == Missing.INSTANCE ? NullValue.INSTANCE : part);
            }
            sort.add(new SortKey(List.of(ArrayValue.of(partition), value)), document);
        }
        sort.leaveMemory();
        hasRow = sort.advance();
        openFirst();
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
        boolean isAlone = !hasRow && stage.partitionBy().isEmpty();
        if (isAlone && stage.range().bounds() instanceof DensifyRange.Bounds.Between between) {
            begin(new Series(Document.EMPTY, between.lower(), between.upper(), false));
        }
    }

    private void openPartition() {
        isRowOfPartition = true;
        Series bounds =
                switch (stage.range().bounds()) {
                    case DensifyRange.Bounds.Full full -> whole;
                    case DensifyRange.Bounds.OfPartition own ->
                            Series.NONE; // until its first value is there
                    case DensifyRange.Bounds.Between between ->
                            new Series(Document.EMPTY, between.lower(), between.upper(), false);
                };
        begin(bounds.with(template(sort.current())));
    }

    private void begin(Series opened) {
        series = opened;
        next = opened.base;
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
        Value found = isRowOfPartition ? sort.currentKey().value(1) : Missing.INSTANCE;
        if (isRowOfPartition && found.isNullish()) {
            return take();
        }
        boolean begins =
                series.base == Missing.INSTANCE
                        && stage.range().bounds() instanceof DensifyRange.Bounds.OfPartition;
        if (isRowOfPartition && begins) {
            begin(new Series(series.template, found, MaxKey.INSTANCE, true));
        }
        if (series.base == Missing.INSTANCE || series.endsWithDocuments() && !isRowOfPartition) {
            return take();
        }
        Value value = next;
        if (!series.has(value)) {
            return take();
        }
        int order = isRowOfPartition ? ORDER.compare(value, found) : -1;
        if (order <= 0) {
            next = stage.range().after(value);
        }
        return order < 0 ? generate(value) : take();
    }

    /** The next document of the partition; false if there is none. */
    private boolean take() {
        if (!isRowOfPartition) {
            return false;
        }
        current = sort.current();
        Value partition = sort.currentKey().value(0);
        hasRow = sort.advance();
        isRowOfPartition =
                hasRow && operation.order().areEqual(sort.currentKey().value(0), partition);
        return true;
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
        hasRow = false;
        isRowOfPartition = false;
        series = Series.NONE;
        sort.close();
        input.close();
    }
}
