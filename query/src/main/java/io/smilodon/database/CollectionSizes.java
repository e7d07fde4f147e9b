package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.OperationScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many documents the collections have and how large they are: counted when somebody first asks,
 * then kept in memory as commits add and take away. Approximate while others write. The planner
 * needs less: it never waits for a large collection to be counted, but takes what the store's
 * tables tell. Counting takes steps, so that whoever asks, or waits for one who counts, can be
 * ended. Thread-safe.
 */
final class CollectionSizes {

    /** So many documents are counted; beyond, the store tells about how many there are. */
    private static final int ESTIMATED_MAX = 1_000;

    private final Map<Integer, Size> sizes = new ConcurrentHashMap<>();

    /** What commits since the first one seen have changed, and what was there before. */
    private static final class Size {

        private final LongAdder documentChange = new LongAdder();
        private final LongAdder byteChange = new LongAdder();
        private final LongAdder writes = new LongAdder();

        /** Held by who counts. */
        private final Lock counting = new ReentrantLock();

        private boolean isCounted;
        private volatile long estimateBase = -1;
        private long documentBase;
        private long byteBase;

        long estimate(CollectionEntry entry, ReadView view) {
            if (estimateBase < 0) {
                long change = documentChange.sum();
                estimateBase = Math.max(0, about(entry, view) - change);
            }
            return Math.max(0, estimateBase + documentChange.sum());
        }

        Total total(CollectionEntry entry, ReadView view) {
            OperationScope.lock(counting);
            try {
                if (!isCounted) {
                    countAll(entry, view);
                }
                return new Total(
                        Math.max(0, documentBase + documentChange.sum()),
                        Math.max(0, byteBase + byteChange.sum()));
            } finally {
                counting.unlock();
            }
        }

        private void countAll(CollectionEntry entry, ReadView view) {
            long documents = documentChange.sum();
            long bytes = byteChange.sum();
            Total counted = count(entry, view, Long.MAX_VALUE);
            documentBase = counted.documentCount - documents;
            byteBase = counted.bytes - bytes;
            estimateBase = Math.max(0, documentBase);
            isCounted = true;
        }
    }

    /**
     * The size of a collection.
     *
     * @param documentCount its documents
     * @param bytes their bytes as stored
     */
    record Total(long documentCount, long bytes) {}

    /** Takes a commit into account. */
    void add(CollectionWriter writer) {
        if (writer.documentsWritten() != 0 || writer.bytesChange() != 0) {
            Size size = sizes.computeIfAbsent(writer.entry().id(), id -> new Size());
            size.documentChange.add(writer.documentCountChange());
            size.byteChange.add(writer.bytesChange());
            size.writes.add(writer.documentsWritten());
        }
    }

    /** How many documents have been written since somebody first asked, or wrote. */
    long writes(int collectionId) {
        Size size = sizes.get(collectionId);
        return size == null ? 0 : size.writes.sum();
    }

    /**
     * @param view counted if this is the first time somebody asks
     */
    Total total(CollectionEntry entry, ReadView view) {
        return sizes.computeIfAbsent(entry.id(), id -> new Size()).total(entry, view);
    }

    /** About how many documents there are; the first time, some of them are counted. */
    long estimate(CollectionEntry entry, ReadView view) {
        return sizes.computeIfAbsent(entry.id(), id -> new Size()).estimate(entry, view);
    }

    /**
     * About how many documents there are in a view that is not the newest state: nothing is
     * remembered of it.
     */
    long guess(CollectionEntry entry, ReadView view) {
        Size size = sizes.get(entry.id());
        return size == null || size.estimateBase < 0
                ? count(entry, view, ESTIMATED_MAX).documentCount
                : size.estimate(entry, view);
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        sizes.remove(collectionId);
    }

    private static long about(CollectionEntry entry, ReadView view) {
        long counted = count(entry, view, ESTIMATED_MAX).documentCount;
        return counted == ESTIMATED_MAX
                ? Math.max(counted, view.entryEstimate(documents(entry)))
                : counted;
    }

    private static KeyRange documents(CollectionEntry entry) {
        return KeyRange.prefix(Keyspace.documents(entry.id()));
    }

    private static Total count(CollectionEntry entry, ReadView view, long documentsMax) {
        long documents = 0;
        long bytes = 0;
        try (KeyCursor cursor = view.cursor(documents(entry), Direction.FORWARD)) {
            while (documents < documentsMax && cursor.advance()) {
                Steps.take();
                documents++;
                bytes += cursor.value().length;
            }
        }
        return new Total(documents, bytes);
    }
}
