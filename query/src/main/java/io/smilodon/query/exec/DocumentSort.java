package io.smilodon.query.exec;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.sort.SortKey;
import io.smilodon.query.sort.SortPattern;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sorts documents, those that tie as they came. Keeps as many as are wanted in memory, within the
 * operation's budget; what is beyond goes to temporary files in sorted runs, which are merged
 * (Knuth, "The Art of Computer Programming", vol. 3, 5.4). Not thread-safe; close it.
 */
public final class DocumentSort implements AutoCloseable {

    /** Smaller runs mean that others hold the memory: many small files would not help. */
    private static final long RUN_BYTES_MIN = 1 << 20;

    private final SortPattern pattern;
    private final long limit;
    private final String stage;
    private final OperationContext operation;
    private final Comparator<Row> order;
    private final Collection<Row> rows;
    private final List<ScratchFile> runs = new ArrayList<>();
    private final PriorityQueue<Source> sources = new PriorityQueue<>();
    private long bytes;
    private long number;
    private long delivered;
    private boolean isSorted;
    private Document current = Document.EMPTY;

    /**
     * @param limit how many of the first are wanted; 0 for all
     * @param stage the name of the stage, for the error
     */
    public DocumentSort(SortPattern pattern, long limit, String stage, OperationContext operation) {
        this.pattern = pattern;
        this.limit = limit;
        this.stage = stage;
        this.operation = operation;
        this.order =
                Comparator.comparing(Row::key, pattern.keyComparator())
                        .thenComparingLong(Row::number);
        this.rows = limit > 0 ? new PriorityQueue<>(order.reversed()) : new ArrayList<>();
    }

    private record Row(SortKey key, long number, Document document, long bytes) {}

    /** Sorted documents, one after the other; of equal keys those of the earlier source first. */
    private final class Source implements Comparable<Source> {

        private final Iterator<Document> documents;
        private final int age;
        private Document document;
        private SortKey key;

        Source(Iterator<Document> documents, int age) {
            this.documents = documents;
            this.age = age;
        }

        boolean advance() {
            if (!documents.hasNext()) {
                return false;
            }
            document = documents.next();
            key = pattern.keyOf(document);
            return true;
        }

        @Override
        public int compareTo(Source other) {
            int byKey = pattern.keyComparator().compare(key, other.key);
            return byKey != 0 ? byKey : Integer.compare(age, other.age);
        }
    }

    /** Takes all documents of a cursor. */
    public void addAll(Cursor input) {
        while (input.advance()) {
            operation.checkAlive();
            add(input.current());
        }
    }

    private void add(Document document) {
        SortKey key = pattern.keyOf(document);
        if (limit > 0 && rows.size() == limit) {
            PriorityQueue<Row> best = (PriorityQueue<Row>) rows;
            if (pattern.keyComparator().compare(key, best.element().key) >= 0) {
                return; // of those that tie, the earlier ones are kept
            }
            release(best.remove().bytes);
        }
        long size = MemorySize.of(document);
        for (Value value : key.values()) {
            size += MemorySize.of(value);
        }
        if (!operation.tryReserve(size)) {
            spill();
            operation.reserve(stage, size);
        }
        bytes += size;
        rows.add(new Row(key, number++, document, size));
    }

    private void release(long size) {
        bytes -= size;
        operation.release(size);
    }

    /** Writes what is in memory to a run of its own, if that is worth it. */
    private void spill() {
        if (bytes < RUN_BYTES_MIN || !operation.allowsDiskUse()) {
            return;
        }
        ScratchFile run = ScratchFile.create();
        runs.add(run);
        for (Row row : sortedRows()) {
            operation.checkAlive();
            run.add(DocumentCodec.encode(row.document));
        }
        run.rewind();
        rows.clear();
        release(bytes);
    }

    private List<Row> sortedRows() {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return sorted;
    }

    /** Whether part of it went to disk. */
    public boolean usedDisk() {
        return !runs.isEmpty();
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
        Source first = sources.remove();
        current = first.document;
        delivered++;
        if (first.advance()) {
            sources.add(first);
        }
        return true;
    }

    private void begin() {
        runs.forEach(run -> begin(documents(run)));
        begin(sortedRows().stream().map(Row::document).iterator());
    }

    private void begin(Iterator<Document> documents) {
        Source source = new Source(documents, sources.size());
        if (source.advance()) {
            sources.add(source);
        }
    }

    private static Iterator<Document> documents(ScratchFile run) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return run.left() > 0;
            }

            @Override
            public Document next() {
                Optional<byte[]> record = run.next();
                return DocumentCodec.decode(record.orElseThrow());
            }
        };
    }

    public Document current() {
        return current;
    }

    @Override
    public void close() {
        release(bytes);
        rows.clear();
        sources.clear();
        runs.forEach(ScratchFile::close);
    }
}
