package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * The cursors whose readers come back for more. A cursor that nobody asks for a batch within the
 * idle time is closed at the next use of the registry. Thread-safe.
 */
public final class CursorRegistry implements AutoCloseable {

    /** Documents of a first batch unless asked otherwise, as in MongoDB. */
    public static final int FIRST_BATCH_COUNT = 101;

    private static final ErrorCode EXCEEDED_MEMORY_LIMIT =
            new ErrorCode(146, "ExceededMemoryLimit");
    private static final int ID_BYTES = 8;

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ToLongFunction<Document> size;
    private final DatabaseOptions options;
    private final Clock clock;
    private volatile boolean isClosed;

    CursorRegistry(DatabaseOptions options, ToLongFunction<Document> size) {
        this.options = options;
        this.clock = options.clock();
        this.size = size;
    }

    private record Waiting(DocumentCursor cursor, long sinceMillis) {}

    /**
     * Refuses a negative number, before anything is opened.
     *
     * @throws SmilodonException as MongoDB numbers that error
     */
    public static void checkBatchSize(OptionalInt batchSize) {
        batchSize.ifPresent(size -> Requests.checkNotNegative("batchSize", size));
    }

    /**
     * Takes over a cursor and reads its first batch. It stays open if there is more, and also after
     * an empty batch that was asked for.
     *
     * @param batchSize documents at most; without it {@link #FIRST_BATCH_COUNT}
     */
    public Batch first(DocumentCursor cursor, OptionalInt batchSize) {
        try {
            checkBatchSize(batchSize);
        } catch (SmilodonException refused) {
            cursor.close();
            throw refused;
        }
        return read(newId(), cursor, batchSize.orElse(FIRST_BATCH_COUNT));
    }

    /**
     * Reads the next batch of a cursor.
     *
     * @param batchSize documents at most; without it as many as fit into 16 MiB
     * @throws SmilodonException {@code CursorNotFound}
     */
    public Batch next(String id, OptionalInt batchSize) {
        checkBatchSize(batchSize);
        closeIdle();
        Waiting found = waiting.remove(id);
        if (found == null) {
            throw notFound(id);
        }
        found.cursor.resume();
        int count = batchSize.orElse(0);
        return read(id, found.cursor, count == 0 ? Integer.MAX_VALUE : count);
    }

    /** The collection that a waiting cursor reads. */
    public Optional<Namespace> namespace(String id) {
        return Optional.ofNullable(waiting.get(id)).map(found -> found.cursor.namespace());
    }

    /**
     * Closes a cursor.
     *
     * @throws SmilodonException {@code CursorNotFound}
     */
    public void kill(String id) {
        Waiting found = waiting.remove(id);
        if (found == null) {
            throw notFound(id);
        }
        found.cursor.close();
    }

    /** The cursors that wait for their reader, as {@code $currentOp} lists them. */
    List<Document> idle() {
        closeIdle();
        List<Document> idle = new ArrayList<>();
        waiting.forEach(
                (id, entry) -> {
                    Document cursor =
                            Document.builder()
                                    .put("cursorId", Long.parseUnsignedLong(id, 16))
                                    .put("planSummary", entry.cursor.planSummary())
                                    .put("lastAccessDate", new DateValue(entry.sinceMillis))
                                    .build();
                    idle.add(
                            Document.builder()
                                    .put("type", "idleCursor")
                                    .put("host", Host.NAME)
                                    .put("ns", entry.cursor.namespace().toString())
                                    .put("cursor", cursor)
                                    .build());
                });
        return idle;
    }

    /** How many cursors wait for their reader. */
    public int openCount() {
        closeIdle();
        return waiting.size();
    }

    private Batch read(String id, DocumentCursor cursor, int countMax) {
        try {
            List<Document> documents = readDocuments(cursor, countMax);
            boolean more = countMax == 0 || cursor.hasNext();
            if (more) {
                park(id, cursor);
            } else {
                cursor.close();
            }
            return new Batch(
                    documents,
                    more ? Optional.of(id) : Optional.empty(),
                    cursor.namespace(),
                    cursor.planSummary());
        } catch (RuntimeException failure) {
            cursor.close();
            throw failure;
        }
    }

    private List<Document> readDocuments(DocumentCursor cursor, int countMax) {
        List<Document> documents = new ArrayList<>();
        long bytes = 0;
        while (documents.size() < countMax
                && bytes < Limits.DOCUMENT_BYTES_MAX
                && cursor.hasNext()) {
            Document document = cursor.next();
            bytes += size.applyAsLong(document);
            documents.add(document);
        }
        return documents;
    }

    private void park(String id, DocumentCursor cursor) {
        closeIdle();
        if (waiting.size() >= options.cursorCountMax()) {
            throw new SmilodonException(
                    EXCEEDED_MEMORY_LIMIT,
                    "Too many open cursors",
                    Map.of("limit", options.cursorCountMax()));
        }
        cursor.pause();
        waiting.put(id, new Waiting(cursor, clock.millis()));
        if (isClosed && waiting.remove(id) != null) {
            throw new SmilodonException(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        }
    }

    void closeIdle() {
        if (waiting.isEmpty()) {
            return;
        }
        long oldest = clock.millis() - options.cursorIdleMillisMax();
        waiting.forEach(
                (id, entry) -> {
                    boolean isLate = entry.sinceMillis < oldest || entry.cursor.isClosed();
                    if (isLate && waiting.remove(id, entry)) {
                        entry.cursor.close();
                    }
                });
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        do {
            random.nextBytes(id);
            id[0] &= Byte.MAX_VALUE; // also a positive number, as MongoDB's drivers have it
        } while (id[0] == 0);
        return HexFormat.of().formatHex(id);
    }

    private static SmilodonException notFound(String id) {
        return new SmilodonException(
                ErrorCode.CURSOR_NOT_FOUND, "cursor id not found", Map.of("id", id));
    }

    /** Closes every cursor. */
    @Override
    public void close() {
        isClosed = true;
        waiting.forEach(
                (id, entry) -> {
                    if (waiting.remove(id, entry)) {
                        entry.cursor.close();
                    }
                });
    }
}
