package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyHash;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of documents with what their words score together, each once, without an object for each.
 * Accounts for its memory. Not thread-safe.
 *
 * <p>The ids lie one behind the other, in the order in which they came. A table of hashes, at most
 * half full, tells their places: a slot holds 1 more than the place in its lower bits and the upper
 * bits of the hash above, so that most ids that are not here are known by it alone.
 */
final class ScoredIds implements AutoCloseable {

    private static final int PLACES_MIN = 256;

    /** Below, tables grow fourfold: so little is copied. */
    private static final int PLACES_FEW = 8_192;

    /** Nobody who chooses ids knows which of them would fall on one slot. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final int ID_BYTES = 16;

    /** Of a place: its score and turn, where its id ends, and two slots. */
    private static final int PLACE_BYTES = Double.BYTES + Long.BYTES + 3 * Integer.BYTES;

    /** Where nothing is, and nothing is put. */
    private static final int[] NO_SLOTS = {0};

    private final MemoryAccount memory;
    private byte[] ids = {};
    private int[] ends = {};
    private double[] scores = {};
    private long[] turns = {};

    /** As many as two for a place, a power of two. */
    private int[] slots = NO_SLOTS;

    private int count;

    ScoredIds(MemoryAccount memory) {
        this.memory = memory;
    }

    private static int hash(ByteSpan id) {
        return hash(id.bytes(), id.start(), id.length());
    }

    private static int hash(byte[] bytes, int start, int length) {
        return (int) KeyHash.of(bytes, start, length, SEED);
    }

    /**
     * Adds to the score of an id, or takes it.
     *
     * @param turn the number of the entry in the order of entries
     * @return false if the id would be new and there is no memory for it
     */
    boolean add(ByteSpan id, double score, long turn) {
        int found = slots[slot(id)];
        if (found != 0) {
            scores[place(found)] += score;
            return true;
        }
        if (!makeRoom(id.length())) {
            return false;
        }
        slots[slot(id)] = slotOf(hash(id), count);
        append(id, score, turn);
        return true;
    }

    private void append(ByteSpan id, double score, long turn) {
        int start = start(count);
        System.arraycopy(id.bytes(), id.start(), ids, start, id.length());
        ends[count] = start + id.length();
        scores[count] = score;
        turns[count] = turn;
        count++;
    }

    /** The slot of an id, or the empty one where it belongs. */
    private int slot(ByteSpan id) {
        int hash = hash(id);
        int last = slots.length - 1;
        int slot = hash & last;
        while (slots[slot] != 0 && !isAt(slots[slot], hash, id)) {
            slot = slot + 1 & last;
        }
        return slot;
    }

    private boolean isAt(int taken, int hash, ByteSpan id) {
        return ((taken ^ hash) & -slots.length) == 0
                && Arrays.equals(
                        ids,
                        start(place(taken)),
                        ends[place(taken)],
                        id.bytes(),
                        id.start(),
                        id.start() + id.length());
    }

    /** What stands in the slot of a place; there are fewer places than slots. */
    private int slotOf(int hash, int place) {
        return hash & -slots.length | place + 1;
    }

    private int place(int taken) {
        return (taken & slots.length - 1) - 1;
    }

    private void makeSlots() {
        slots = new int[2 * ends.length];
        for (int place = 0; place < count; place++) {
            int hash = hash(ids, start(place), ends[place] - start(place));
            int slot = hash & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = slotOf(hash, place);
        }
    }

    private int start(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    private boolean makeRoom(int idLength) {
        return (count < ends.length || growPlaces())
                && (start(count) + idLength <= ids.length || growIds(idLength));
    }

    private boolean growPlaces() {
        int factor = ends.length < PLACES_FEW ? 4 : 2;
        int places = Math.max(PLACES_MIN, factor * ends.length);
        if (places > Integer.MAX_VALUE / 8
                || !memory.tryReserve((long) (places - ends.length) * PLACE_BYTES)) {
            return false;
        }
        ends = Arrays.copyOf(ends, places);
        scores = Arrays.copyOf(scores, places);
        turns = Arrays.copyOf(turns, places);
        makeSlots();
        return true;
    }

    private boolean growIds(int more) {
        long twice = Math.max(2L * ids.length, (long) PLACES_MIN * ID_BYTES);
        long bytes = Math.max(twice, ids.length + (long) more);
        if (bytes > Integer.MAX_VALUE / 2 || !memory.tryReserve(bytes - ids.length)) {
            return false;
        }
        ids = Arrays.copyOf(ids, (int) bytes);
        return true;
    }

    /** How many there are; their places count from 0. */
    int size() {
        return count;
    }

    byte[] id(int place) {
        return Arrays.copyOfRange(ids, start(place), ends[place]);
    }

    double score(int place) {
        return scores[place];
    }

    /** The number of the first entry of a place. */
    long turn(int place) {
        return turns[place];
    }

    /** The memory that it takes to hold more. */
    long bytesNeeded() {
        return 2 * memory.bytes() + (long) PLACES_MIN * PLACE_BYTES;
    }

    /** Forgets the ids, and keeps the memory for others. */
    void clear() {
        if (count > 0) {
            Arrays.fill(slots, 0);
            count = 0;
        }
    }

    @Override
    public void close() {
        memory.close();
        ids = new byte[0];
        ends = new int[0];
        scores = new double[0];
        turns = new long[0];
        slots = NO_SLOTS;
        count = 0;
    }
}
