package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.sort.SortPattern;

/**
 * Sorts documents by a pattern, those that tie as they came, in memory or on disk as {@link
 * KeyedSort} does. Not thread-safe; close it.
 */
public final class DocumentSort implements AutoCloseable {

    private final SortPattern pattern;
    private final long limit;
    private final Examined examined;
    private final Liveness liveness;
    private final KeyedSort sort;

    /**
     * @param limit how many of the first are wanted; 0 for all
     * @param stage the name of the stage, for the error
     */
    public DocumentSort(SortPattern pattern, long limit, String stage, OperationContext operation) {
        this.pattern = pattern;
        this.limit = limit;
        this.examined = operation.examined();
        this.liveness = new Liveness(operation);
        this.sort = new KeyedSort(pattern.keyComparator(), limit, stage, operation);
    }

    /** Takes all documents of a cursor. */
    public void addAll(Cursor input) {
        examined.sorts();
        while (input.advance()) {
            liveness.step();
            if (limit == 0 || sort.wants(pattern.keyOf(input.passing()))) {
                Document document = input.current();
                sort.add(pattern.keyOf(document), document);
            }
        }
    }

    /** Whether part of it went to disk. */
    public boolean usedDisk() {
        return sort.usedDisk();
    }

    /** Moves to the next document in order; nothing is added any more. */
    public boolean advance() {
        return sort.advance();
    }

    public Document current() {
        return sort.current();
    }

    @Override
    public void close() {
        sort.close();
    }
}
