package io.smilodon.query.exec;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Sorts documents by keys that come with them, those that tie as they came. Keeps as many as are
 * wanted in memory, within the operation's budget; what is beyond goes to temporary files in sorted
 * runs, which are merged (Knuth, "The Art of Computer Programming", vol. 3, 5.4). Not thread-safe;
 * close it.
 */
public final class KeyedSort implements MemoryHolder, AutoCloseable {

    /** What is kept of a document besides itself and its key. */
    private static final long ROW_BYTES = 64;

    private final Comparator<SortKey> keyOrder;
    private final long limit;
    private final OperationContext operation;
    private final MemoryAccount memory;
    private final Comparator<Row> order;
    private final Collection<Row> rows;
    private final List<ScratchFile> runs = new ArrayList<>();
    private final PriorityQueue<Source> sources = new PriorityQueue<>();

    /** What is handed on from memory, in order. */
    private final Queue<Row> left = new ArrayDeque<>();

    /** What was left in memory when others needed that. */
    private Optional<ScratchFile> leftOnDisk = Optional.empty();

    private int keyParts;
    private long number;
    private long delivered;
    private boolean isSorted;
    private Optional<Row> current = Optional.empty();

    /**
     * @param keyOrder the order of the keys, all of as many values
     * @param limit how many of the first are wanted; 0 for all
     * @param stage the name of the stage, for the error
     */
    public KeyedSort(
            Comparator<SortKey> keyOrder, long limit, String stage, OperationContext operation) {
        this.keyOrder = Steps.counted(keyOrder);
        this.limit = limit;
        this.operation = operation;
        this.memory = new MemoryAccount(stage, operation);
        this.order = Comparator.comparing(Row::key, this.keyOrder).thenComparingLong(Row::number);
        this.rows = limit > 0 ? new PriorityQueue<>(order.reversed()) : new ArrayList<>();
        operation.addHolder(this);
    }

    private record Row(SortKey key, long number, Document document, long bytes) {}

    /** Sorted rows, one after the other; of equal keys those of the earlier source first. */
    private final class Source implements Comparable<Source> {

        private final Supplier<Optional<Row>> rest;
        private final int age;
        private Optional<Row> first;

        Source(Supplier<Optional<Row>> rest, int age) {
            this.rest = rest;
            this.age = age;
            this.first = rest.get();
        }

        Row take() {
            Row taken = first.orElseThrow();
            first = rest.get();
            return taken;
        }

        @Override
        public int compareTo(Source other) {
            int byKey = keyOrder.compare(first.orElseThrow().key, other.first.orElseThrow().key);
            return byKey != 0 ? byKey : Integer.compare(age, other.age);
        }
    }

    /** Whether a document with this key would be kept; the key itself is not. */
    public boolean wants(SortKey key) {
        // Of those that tie, the earlier ones are kept.
        return !isFull() || keyOrder.compare(key, worst().element().key) < 0;
    }

    private boolean isFull() {
        return limit > 0 && rows.size() == limit;
    }

    private PriorityQueue<Row> worst() {
        return (PriorityQueue<Row>) rows;
    }

    /** Takes a document. */
    public void add(SortKey key, Document document) {
        if (!wants(key)) {
            return;
        }
        if (isFull()) {
            memory.release(worst().remove().bytes);
        }
        keyParts = key.values().size();
        long size = ROW_BYTES + MemorySize.of(document);
        for (Value value : key.values()) {
            size += MemorySize.of(value);
        }
        memory.reserve(size);
        rows.add(new Row(key, number++, document, size));
    }

    /** Writes what is in memory to a run of its own. */
    private void spill() {
        runs.add(write(sortedRows()));
        rows.clear();
        memory.close();
    }

    private ScratchFile write(Iterable<Row> sorted) {
        ScratchFile run = operation.scratchFile();
        try {
            for (Row row : sorted) {
                operation.checkAlive();
                run.add(DocumentCodec.encode(toDocument(row.key)));
                run.add(DocumentCodec.encode(row.document));
                run.add(
                        DocumentCodec.encode(
                                AnnotatedDocument.metadata(row.document).toDocument()));
            }
            run.rewind();
            return run;
        } catch (RuntimeException failure) {
            run.close();
            throw failure;
        }
    }

    @Override
    public void giveUpMemory() {
        if (memory.bytes() < BYTES_MIN) {
            return; // many small files would not help
        }
        if (!isSorted) {
            spill();
        } else if (!left.isEmpty()) {
            leftOnDisk = Optional.of(write(left));
            left.clear();
            memory.close();
        }
    }

    /**
     * Leaves the memory to whoever reads the result, if part of it had to go to disk; else each
     * document is given up as it is handed on, all of them once others need their memory.
     */
    public void leaveMemory() {
        if (usedDisk() && !rows.isEmpty()) {
            spill();
        }
    }

    private List<Row> sortedRows() {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return sorted;
    }

    /** Whether part of it went to disk. */
    public boolean usedDisk() {
        return !runs.isEmpty() || leftOnDisk.isPresent();
    }

    /** Moves to the next document in order; nothing is added any more. */
    public boolean advance() {
        if (!isSorted) {
            isSorted = true;
            begin();
        }
        if (sources.isEmpty() || limit > 0 && delivered == limit) {
            return false;
        }
        Source source = sources.remove();
        current = Optional.of(source.take());
        delivered++;
        if (source.first.isPresent()) {
            sources.add(source);
        }
        return true;
    }

    private void begin() {
        runs.forEach(run -> begin(() -> read(run)));
        left.addAll(sortedRows());
        rows.clear();
        begin(this::give);
    }

    private void begin(Supplier<Optional<Row>> sorted) {
        Source source = new Source(sorted, sources.size());
        if (source.first.isPresent()) {
            sources.add(source);
        }
    }

    private Optional<Row> read(ScratchFile run) {
        if (run.left() == 0) {
            return Optional.empty();
        }
        SortKey key = toKey(DocumentCodec.decode(run.next().orElseThrow()));
        Document document = DocumentCodec.decode(run.next().orElseThrow());
        Document known = DocumentCodec.decode(run.next().orElseThrow());
        Document annotated =
                known.isEmpty() ? document : AnnotatedDocument.of(document, Metadata.of(known));
        return Optional.of(new Row(key, 0, annotated, 0));
    }

    /** The values by their numbers; those that are missing are left out. */
    private static Document toDocument(SortKey key) {
        DocumentBuilder fields = Document.builder();
        for (int part = 0; part < key.values().size(); part++) {
            if (key.value(part) != Missing.INSTANCE) {
                fields.put(Integer.toString(part), key.value(part));
            }
        }
        return fields.build();
    }

    private SortKey toKey(Document fields) {
        List<Value> values = new ArrayList<>(keyParts);
        for (int part = 0; part < keyParts; part++) {
            values.add(fields.get(Integer.toString(part)));
        }
        return new SortKey(values);
    }

    private Optional<Row> give() {
        if (leftOnDisk.isPresent()) {
            return read(leftOnDisk.get());
        }
        Optional<Row> next = Optional.ofNullable(left.poll());
        next.ifPresent(row -> memory.release(row.bytes));
        return next;
    }

    public Document current() {
        return current.orElseThrow().document;
    }

    public SortKey currentKey() {
        return current.orElseThrow().key;
    }

    @Override
    public void close() {
        operation.removeHolder(this);
        memory.close();
        rows.clear();
        left.clear();
        sources.clear();
        runs.forEach(ScratchFile::close);
        leftOnDisk.ifPresent(ScratchFile::close);
    }
}
