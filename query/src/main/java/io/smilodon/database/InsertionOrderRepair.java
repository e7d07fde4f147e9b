package io.smilodon.database;

import io.smilodon.database.InsertionOrder.Fill;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.value.Direction;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the insertion order of a salvaged capped collection right: turns that lead to no document
 * go, documents that have lost their place come last. Nobody else uses the store. Not thread-safe.
 */
final class InsertionOrderRepair {

    private static final long BATCH_BYTES = 1 << 20;

    private final int collectionId;
    private final KeyValueStore store;
    private WriteBatch batch = new WriteBatch();
    private long oldest = Long.MAX_VALUE;
    private long next;
    private long documents;
    private long bytes;

    InsertionOrderRepair(int collectionId, KeyValueStore store) {
        this.collectionId = collectionId;
        this.store = store;
    }

    void run() {
        try (Snapshot damaged = store.snapshot()) {
            forEach(damaged, Keyspace.turns(collectionId), turn -> place(turn, damaged));
        }
        try (Snapshot turned = store.snapshot()) {
            forEach(turned, Keyspace.turns(collectionId), turn -> keepTurn(turn, turned));
            forEach(turned, Keyspace.places(collectionId), place -> keepPlace(place, turned));
            forEach(
                    turned,
                    Keyspace.documents(collectionId),
                    document -> keepDocument(document, turned));
        }
        Fill fill = new Fill(Math.min(oldest, next), next, documents, bytes);
        batch.put(Keyspace.fill(collectionId), fill.encode());
        flush();
    }

    private void forEach(Snapshot view, byte[] prefix, Consumer<KeyCursor> repair) {
        try (KeyCursor cursor = view.cursor(KeyRange.prefix(prefix), Direction.FORWARD)) {
            while (cursor.advance()) {
                repair.accept(cursor);
                if (batch.bytes() > BATCH_BYTES) {
                    flush();
                }
            }
        }
        flush();
    }

    private void flush() {
        if (!batch.isEmpty()) {
            store.write(batch);
            batch = new WriteBatch();
        }
    }

    /** Of several turns of one document the last one stays. */
    private void place(KeyCursor turn, Snapshot view) {
        long number = Keyspace.turnNumber(turn.key());
        next = Math.max(next, number + 1);
        if (view.get(Keyspace.documentOfIdKey(collectionId, turn.value())).isPresent()) {
            batch.put(Keyspace.place(collectionId, turn.value()), InsertionOrder.encode(number));
        } else {
            batch.delete(turn.key());
        }
    }

    private void keepTurn(KeyCursor turn, Snapshot view) {
        long number = Keyspace.turnNumber(turn.key());
        if (numberOf(turn.value(), view).equals(Optional.of(number))) {
            oldest = Math.min(oldest, number);
        } else {
            batch.delete(turn.key());
        }
    }

    private void keepPlace(KeyCursor place, Snapshot view) {
        if (!isTurnOf(Keyspace.placeIdKey(place.key()), view)) {
            batch.delete(place.key());
        }
    }

    private void keepDocument(KeyCursor document, Snapshot view) {
        byte[] idKey = Keyspace.idKey(document.key());
        documents++;
        bytes += document.value().length;
        if (!isTurnOf(idKey, view)) {
            oldest = Math.min(oldest, next);
            batch.put(Keyspace.turn(collectionId, next), idKey);
            batch.put(Keyspace.place(collectionId, idKey), InsertionOrder.encode(next));
            next++;
        }
    }

    private Optional<Long> numberOf(byte[] idKey, Snapshot view) {
        return view.get(Keyspace.place(collectionId, idKey))
                .map(VersionedValue::value)
                .flatMap(InsertionOrder::decode);
    }

    /** Whether the place of a document is a turn that leads to it. */
    private boolean isTurnOf(byte[] idKey, Snapshot view) {
        return numberOf(idKey, view)
                .flatMap(number -> view.get(Keyspace.turn(collectionId, number)))
                .filter(turn -> Arrays.equals(turn.value(), idKey))
                .isPresent();
    }
}
