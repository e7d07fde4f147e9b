package io.smilodon.engine.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes in the order in which their keys first came, copied into an arena and found by a hash of
 * the key: open addressing with linear probing, at most half full. The seed keeps chosen keys from
 * gathering in one place. Not thread-safe.
 */
final class WriteTable {

    private static final int FIRST_SLOTS = 1 << 8;

    /** What replaced writes may take before the arena is made anew. */
    private static final long WASTE_BYTES_MAX = 1 << 20;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private WriteArena arena = new WriteArena();
    private long liveBytes;
    private long[] places = new long[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];

    /** The number of a write, from 1 on; 0 where there is none. */
    private int[] slots = new int[FIRST_SLOTS];

    private int count;

    int count() {
        return count;
    }

    Optional<Write> find(byte[] key) {
        int number = slots[slotOf(key, hash(key))];
        return number == 0 ? Optional.empty() : Optional.of(arena.write(places[number - 1]));
    }

    /** Adds a write; returns the one that it replaces, if any. */
    Optional<Write> put(Write write) {
        int hash = hash(write.key());
        int slot = slotOf(write.key(), hash);
        int number = slots[slot];
        liveBytes += WriteItem.bytes(write);
        if (number > 0) {
            return Optional.of(replace(number - 1, write));
        }
        if (count == places.length) {
            grow();
            slot = slotOf(write.key(), hash);
        }
        places[count] = arena.add(write);
        hashes[count] = hash;
        slots[slot] = ++count;
        return Optional.empty();
    }

    private Write replace(int index, Write write) {
        Write replaced = arena.write(places[index]);
        liveBytes -= WriteItem.bytes(replaced);
        places[index] = arena.add(write);
        if (arena.bytes() > 2 * liveBytes + WASTE_BYTES_MAX) {
            WriteArena whole = arena;
            arena = new WriteArena();
            for (int live = 0; live < count; live++) {
                places[live] = arena.add(whole.write(places[live]));
            }
        }
        return replaced;
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
        return hashes[index] == hash && arena.isOf(places[index], key);
    }

    private void grow() {
        places = Arrays.copyOf(places, 2 * count);
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

    /** All writes by key, ascending; copies. */
    List<Write> sorted() {
        List<Write> all = new ArrayList<>(count);
        for (long place : sortedPlaces()) {
            all.add(arena.write(place));
        }
        return all;
    }

    /** Packs all writes by key, ascending. */
    void packInto(PackedWrites.Builder target) {
        for (long place : sortedPlaces()) {
            target.add(arena.array(place), WriteArena.start(place));
        }
    }

    private long[] sortedPlaces() {
        long[] sorted = Arrays.copyOf(places, count);
        WriteSort.sort(arena, sorted);
        return sorted;
    }
}
