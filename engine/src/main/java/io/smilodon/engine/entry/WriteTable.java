package io.smilodon.engine.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes in the order in which their keys first came, copied into an arena and found by a hash of
 * the key: open addressing with linear probing, at most half full. Most keys are new, which a byte
 * of each slot tells: all of these fit into a near cache. The seed keeps chosen keys from gathering
 * in one place. Not thread-safe.
 */
final class WriteTable {

    private static final int FIRST_SLOTS = 1 << 8;

    /** What replaced writes may take before the arena is made anew. */
    private static final long WASTE_BYTES_MAX = 1 << 20;

    private static final int LINE_BYTES = 64;
    private static final int APPROACHED = 16;
    private static final int TAG_SHIFT = Integer.SIZE - 7;
    private static final int TAG_SET = 1 << 7;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private WriteArena arena = new WriteArena();
    private long liveBytes;
    private long[] places = new long[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];

    /** The number of a write. */
    private int[] slots = new int[FIRST_SLOTS];

    /** Of each slot seven bits of its key's hash and a set one; 0 where there is no write. */
    private byte[] tags = new byte[FIRST_SLOTS];

    private int count;

    /** Of no use but that what was read for it is near. */
    private int approached;

    int count() {
        return count;
    }

    Optional<Write> find(byte[] key) {
        int slot = slotOf(key, hash(key));
        return tags[slot] == 0 ? Optional.empty() : Optional.of(arena.write(places[slots[slot]]));
    }

    /** Adds a write; returns the one that it replaces, if any. */
    Optional<Write> put(Write write) {
        int hash = hash(write.key());
        int slot = slotOf(write.key(), hash);
        liveBytes += WriteItem.bytes(write);
        if (tags[slot] != 0) {
            return Optional.of(replace(slots[slot], write));
        }
        if (count == places.length) {
            grow();
            slot = slotOf(write.key(), hash);
        }
        places[count] = arena.add(write);
        hashes[count] = hash;
        tags[slot] = tag(hash);
        slots[slot] = count++;
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

    private static byte tag(int hash) {
        return (byte) (hash >>> TAG_SHIFT | TAG_SET);
    }

    /** Where the key is, or would be. */
    private int slotOf(byte[] key, int hash) {
        byte tag = tag(hash);
        int mask = tags.length - 1;
        int slot = hash & mask;
        while (tags[slot] != 0 && (tags[slot] != tag || !isAt(slots[slot], key, hash))) {
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
        tags = new byte[slots.length];
        int mask = slots.length - 1;
        for (int index = 0; index < count; index++) {
            int slot = hashes[index] & mask;
            while (tags[slot] != 0) {
                slot = slot + 1 & mask;
            }
            tags[slot] = tag(hashes[index]);
            slots[slot] = index;
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
        long[] sorted = sortedPlaces();
        for (int from = 0; from < sorted.length; from += APPROACHED) {
            int to = Math.min(from + APPROACHED, sorted.length);
            approach(sorted, from, to);
            for (int index = from; index < to; index++) {
                target.add(arena.array(sorted[index]), WriteArena.start(sorted[index]));
            }
        }
    }

    /** Brings writes near the processor: all at once, not each when its turn comes. */
    private void approach(long[] sorted, int from, int to) {
        int sum = 0;
        for (int index = from; index < to; index++) {
            byte[] array = arena.array(sorted[index]);
            int start = WriteArena.start(sorted[index]);
            sum += array[start] + array[Math.min(start + LINE_BYTES, array.length - 1)];
        }
        approached = sum;
    }

    private long[] sortedPlaces() {
        long[] sorted = Arrays.copyOf(places, count);
        WriteSort.sort(arena, sorted);
        return sorted;
    }
}
