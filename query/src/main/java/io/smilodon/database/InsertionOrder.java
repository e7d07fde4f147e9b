package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The order in which the documents of a capped collection were inserted, and how much they fill,
 * for one transaction that writes. Every insertion gets the next number and changes the fill, so of
 * two transactions that insert at once one has to run again: the limits hold after every commit.
 *
 * <pre>
 * turn  → KeyCodec(_id)       the document with this number
 * place → number u64          the number of this document
 * fill  → oldest u64 · next u64 · documents u64 · bytes u64
 * </pre>
 *
 * No turn is below {@code oldest}: who looks for the first one does not pass all that were removed.
 *
 * <p>Not thread-safe; lives as long as the transaction.
 */
final class InsertionOrder {

    private final int collectionId;
    private final Transaction transaction;
    private final Fill original;
    private Fill fill;

    InsertionOrder(int collectionId, Transaction transaction) {
        this.collectionId = collectionId;
        this.transaction = transaction;
        this.original = Fill.read(collectionId, transaction);
        this.fill = original;
    }

    /**
     * How much there is.
     *
     * @param oldest a number below which there is no turn
     * @param next the number of the next document
     * @param documents how many there are
     * @param bytes how large they are as stored
     */
    record Fill(long oldest, long next, long documents, long bytes) {

        static final Fill EMPTY = new Fill(0, 0, 0, 0);

        private static final int ENCODED_BYTES = 4 * Long.BYTES;

        /** That of a collection; empty before the first insertion. */
        static Fill read(int collectionId, ReadView view) {
            byte[] key = Keyspace.fill(collectionId);
            return view.get(key).map(stored -> decode(stored.value())).orElse(EMPTY);
        }

        private static Fill decode(byte[] stored) {
            if (stored.length != ENCODED_BYTES) {
                throw damaged("The fill of a capped collection is malformed", stored);
            }
            ByteBuffer buffer = ByteBuffer.wrap(stored);
            return new Fill(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        }

        byte[] encode() {
            return ByteBuffer.allocate(ENCODED_BYTES)
                    .putLong(oldest)
                    .putLong(next)
                    .putLong(documents)
                    .putLong(bytes)
                    .array();
        }

        Fill from(long number) {
            return new Fill(number, next, documents, bytes);
        }

        Fill plus(long moreDocuments, long moreBytes) {
            return new Fill(oldest, next, documents + moreDocuments, bytes + moreBytes);
        }

        boolean isEmpty() {
            return documents == 0 && bytes == 0;
        }

        boolean isWithin(Cap cap) {
            return cap.admits(documents, bytes);
        }

        Fill numbered() {
            return new Fill(oldest, next + 1, documents, bytes);
        }
    }

    Fill fill() {
        return fill;
    }

    /** Puts a document behind all others. */
    void append(byte[] idKey, int bytes) {
        transaction.put(Keyspace.turn(collectionId, fill.next), idKey);
        transaction.put(Keyspace.place(collectionId, idKey), encode(fill.next));
        fill = fill.plus(1, bytes).numbered();
    }

    /** Takes a document out. */
    void remove(byte[] idKey, int bytes) {
        byte[] place = Keyspace.place(collectionId, idKey);
        long number =
                transaction
                        .get(place)
                        .flatMap(stored -> decode(stored.value()))
                        .orElseThrow(() -> damaged("A document has no place in its order", idKey));
        transaction.delete(Keyspace.turn(collectionId, number));
        transaction.delete(place);
        fill = fill.plus(-1, -bytes);
        if (number == fill.oldest) {
            fill = fill.from(number + 1);
        }
    }

    /** A document has become larger or smaller; it keeps its place. */
    void resize(int bytesMore) {
        fill = fill.plus(0, bytesMore);
    }

    /** The encoded id of the document that was inserted before all others. */
    byte[] oldest() {
        try (KeyCursor turns = turns(collectionId, fill, transaction, Direction.FORWARD)) {
            if (!turns.advance()) {
                throw damaged("A capped collection has no oldest document", fill.encode());
            }
            fill = fill.from(Keyspace.turnNumber(turns.key()));
            return turns.value();
        }
    }

    /** The last step before the commit. */
    void finish() {
        if (!fill.equals(original)) {
            transaction.put(Keyspace.fill(collectionId), fill.encode());
        }
    }

    /** Key and encoded id of one document after the other, as they were inserted or backwards. */
    static KeyCursor turns(int collectionId, ReadView view, Direction direction) {
        return turns(collectionId, Fill.read(collectionId, view), view, direction);
    }

    /** The same from behind this number on, in order. */
    static KeyCursor turnsAfter(int collectionId, long number, ReadView view) {
        Fill known = Fill.read(collectionId, view);
        Fill rest = known.from(Math.max(known.oldest, number + 1));
        return turns(collectionId, rest, view, Direction.FORWARD);
    }

    private static KeyCursor turns(
            int collectionId, Fill known, ReadView view, Direction direction) {
        KeyRange all = KeyRange.prefix(Keyspace.turns(collectionId));
        byte[] first = Keyspace.turn(collectionId, known.oldest);
        return view.cursor(new KeyRange(first, all.to()), direction);
    }

    /** The document that a turn leads to. */
    static VersionedValue document(int collectionId, byte[] idKey, ReadView view) {
        return view.get(Keyspace.documentOfIdKey(collectionId, idKey))
                .orElseThrow(
                        () ->
                                damaged(
                                        "The order of a capped collection leads to no document",
                                        idKey));
    }

    static byte[] encode(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** The number that was stored; empty if it is malformed. */
    static Optional<Long> decode(byte[] stored) {
        return stored.length == Long.BYTES
                ? Optional.of(ByteBuffer.wrap(stored).getLong())
                : Optional.empty();
    }

    static SmilodonException damaged(String template, byte[] found) {
        byte[] shown = Arrays.copyOf(found, Math.min(found.length, 64));
        return new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                template,
                Map.of("found", HexFormat.of().formatHex(shown)));
    }
}
