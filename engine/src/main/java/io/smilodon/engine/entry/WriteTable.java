package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes in the order in which their keys first came, found by a hash of the key: open addressing
 * with linear probing, at most half full. The seed keeps chosen keys from gathering in one place.
 * Not thread-safe.
 */
final class WriteTable {

    private static final int FIRST_SLOTS = 1 << 8;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private Write[] writes = new Write[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];

    /** The number of a write, from 1 on; 0 where there is none. */
    private int[] slots = new int[FIRST_SLOTS];

    private int count;

    int count() {
        return count;
    }

    Optional<Write> find(byte[] key) {
        int number = slots[slotOf(key, hash(key))];
        return number == 0 ? Optional.empty() : Optional.of(writes[number - 1]);
    }

    /** Adds a write; returns the one that it replaces, if any. */
    Optional<Write> put(Write write) {
        int hash = hash(write.key());
        int slot = slotOf(write.key(), hash);
        int number = slots[slot];
        if (number > 0) {
            Write replaced = writes[number - 1];
            writes[number - 1] = write;
            return Optional.of(replaced);
        }
        if (count == writes.length) {
            grow();
            slot = slotOf(write.key(), hash);
        }
        writes[count] = write;
        hashes[count] = hash;
        slots[slot] = ++count;
        return Optional.empty();
    }

    private int hash(byte[] key) {
        return (int) (KeyHash.of(key, seed) >>> 32);
    }

    /** Where the key is, or would be. */
    private int slotOf(byte[] key, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, key, hash)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isAt(int index, byte[] key, int hash) {
        return hashes[index] == hash && Arrays.equals(writes[index].key(), key);
    }

    private void grow() {
        writes = Arrays.copyOf(writes, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
        slots = new int[4 * count];
        int mask = slots.length - 1;
        for (int index = 0; index < count; index++) {
            int slot = hashes[index] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = index + 1;
        }
    }

    /** All writes by key, ascending; the table is not to be used afterwards. */
    Write[] sorted() {
        Write[] all = Arrays.copyOf(writes, count);
        WriteSort.sort(all, count);
        return all;
    }
}
