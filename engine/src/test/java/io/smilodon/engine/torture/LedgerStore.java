package io.smilodon.engine.torture;

import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.value.Direction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Commits each of which changes a document, its twin and its index entry; and the check that all
 * three agree with each other and with the ledger. Thread-safe for different slots.
 */
final class LedgerStore {

    private static final int PAD_MAX = 400;

    private final KeyValueStore store;
    private final Ledger ledger;

    LedgerStore(KeyValueStore store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    private static byte[] key(String area, int slot) {
        return (area + '/' + slot).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] indexKey(long version, int slot) {
        return String.format("index/%016d/%d", version, slot).getBytes(StandardCharsets.UTF_8);
    }

    /** Commits the next version of a slot. */
    void commit(int slot, Random random) {
        long version = ledger.issued(slot) + 1;
        WriteBatch batch = new WriteBatch();
        for (long old = Math.max(1, ledger.acknowledged(slot)); old < version; old++) {
            batch.delete(indexKey(old, slot));
        }
        if (Ledger.isRemoval(version)) {
            batch.delete(key("document", slot)).delete(key("twin", slot));
        } else {
            byte[] value =
                    ByteBuffer.allocate(Long.BYTES + random.nextInt(PAD_MAX))
                            .putLong(version)
                            .array();
            batch.put(key("document", slot), value).put(key("twin", slot), value);
            batch.put(indexKey(version, slot), new byte[0]);
        }
        ledger.issue(slot, version);
        store.write(batch);
        ledger.acknowledge(slot, version);
    }

    /** Reads a slot, whose last commit has been acknowledged. */
    void read(int slot) {
        try (Snapshot snapshot = store.snapshot()) {
            long found =
                    snapshot.get(key("document", slot))
                            .map(value -> version(value.value()))
                            .orElse(0L);
            ledger.settle(slot, found);
        }
    }

    /**
     * Compares everything.
     *
     * @throws AssertionError if an acknowledged commit is missing, or half of one is there
     */
    void check() {
        Map<String, Long> documents = documents();
        for (int slot = 0; slot < Ledger.SLOTS; slot++) {
            ledger.settle(slot, documents.getOrDefault(Integer.toString(slot), 0L));
        }
    }

    /**
     * Requires a state between an earlier ledger and now.
     *
     * @throws AssertionError if what was acknowledged then is missing, or half of a commit is there
     */
    void requireSince(Ledger earlier) {
        Map<String, Long> documents = documents();
        for (int slot = 0; slot < Ledger.SLOTS; slot++) {
            long found = documents.getOrDefault(Integer.toString(slot), 0L);
            long least = earlier.acknowledged(slot);
            if (ledger.legal(slot, found, least) < 0) {
                throw new AssertionError(
                        "slot " + slot + " has version " + found + ", acknowledged " + least);
            }
        }
    }

    /** Every document by slot, after its twin and the index agreed. */
    private Map<String, Long> documents() {
        Map<String, Long> documents = new TreeMap<>();
        Map<String, Long> twins = new TreeMap<>();
        Map<String, Long> index = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.advance()) {
                String[] parts = new String(cursor.key(), StandardCharsets.UTF_8).split("/");
                switch (parts[0]) {
                    case "document" -> documents.put(parts[1], version(cursor.value()));
                    case "twin" -> twins.put(parts[1], version(cursor.value()));
                    case "index" -> {
                        if (index.put(parts[2], Long.parseLong(parts[1])) != null) {
                            throw new AssertionError("two index entries of " + parts[2]);
                        }
                    }
                    default -> {} // another's
                }
            }
        }
        if (!documents.equals(twins) || !documents.equals(index)) {
            throw new AssertionError(
                    "documents " + documents + ", twins " + twins + ", index " + index);
        }
        return documents;
    }

    private static long version(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
