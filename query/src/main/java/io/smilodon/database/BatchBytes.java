package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.value.Document;
import io.smilodon.query.value.BsonSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How large the documents of a batch are together as BSON, the form that MongoDB limits. Measures
 * only batches that come near the limit by what they take in store. Lives while one batch is read.
 */
final class BatchBytes {

    /** What a stored byte becomes at most: a small number in an array is one, and 18 as BSON. */
    private static final int GROWTH_MAX = 20;

    /** Type and index of an element of the batch. */
    private static final int ELEMENT_BYTES = 10;

    private final AnswerMemory memory = AnswerMemory.current();
    private final ToLongFunction<Document> storedSize;
    private int measuredCount;
    private long measured;
    private long othersAtMost;
    private long stored;

    BatchBytes(ToLongFunction<Document> storedSize) {
        this.storedSize = storedSize;
    }

    /**
     * Counts the next document of the batch, unless that is full or there is no memory.
     *
     * @param batch those before; the first always fits
     */
    boolean takes(Document next, List<Document> batch) {
        long size = storedSize.applyAsLong(next);
        stored += ELEMENT_BYTES + size;
        return fits(next, size, batch) && memory.takes(stored, batch.isEmpty());
    }

    private boolean fits(Document next, long size, List<Document> batch) {
        long atMost = ELEMENT_BYTES + GROWTH_MAX * size;
        if (measured + othersAtMost + atMost <= Limits.DOCUMENT_BYTES_MAX) {
            othersAtMost += atMost;
            return true;
        }
        for (Document other : batch.subList(measuredCount, batch.size())) {
            measured += ELEMENT_BYTES + BsonSize.of(other);
        }
        othersAtMost = 0;
        measured += ELEMENT_BYTES + BsonSize.of(next);
        measuredCount = batch.size() + 1;
        return batch.isEmpty() || measured <= Limits.DOCUMENT_BYTES_MAX;
    }

    /** The next documents of a cursor, as many as are asked for and fit. */
    static List<Document> read(
            ParkedCursor cursor, int countMax, ToLongFunction<Document> storedSize) {
        List<Document> documents = new ArrayList<>();
        BatchBytes bytes = new BatchBytes(storedSize);
        while (documents.size() < countMax && cursor.hasNext()) {
            Document document = cursor.next();
            if (!bytes.takes(document, documents)) {
                cursor.unread(document);
                return documents;
            }
            documents.add(document);
        }
        return documents;
    }
}
