package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyHash;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of documents with what their words score together, each once, without an object for each.
 * Accounts for its memory. Not thread-safe.
 *
 * <p>The ids lie one behind the other, in the order in which they came; a table of hashes, at most
 * half full, tells their places.
 */
final class ScoredIds implements AutoCloseable {

    private static final int PLACES_MIN = 256;

    /** Below, a table grows fourfold: so few have to be filled anew. */
    private static final int PLACES_FEW = 8_192;

    /** Nobody who chooses ids knows which of them would fall on one slot. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final int ID_BYTES = 16;

    /** Of a place: its score and turn, the hash of its id, where that ends, and two slots. */
    private static final int PLACE_BYTES = Double.BYTES + Long.BYTES + 4 * Integer.BYTES;

    private final MemoryAccount memory;
    private byte[] ids = {};
    private int[] ends = {};
    private int[] hashes = {};
    private double[] scores = {};
    private long[] turns = {};

    /** For a hash, 1 more than the place; 0 where there is none. */
    private int[] slots = {};

    private int count;

    ScoredIds(MemoryAccount memory) {
        this.memory = memory;
    }

    /**
     * An entry.
     *
     * @param score what it adds to its document
     * @param turn its number in the order of entries
     */
    record Hit(double score, long turn) {}

    static int hash(ByteSpan id) {
        return (int) KeyHash.of(id.bytes(), id.start(), id.length(), SEED);
    }

    /**
     * Adds to the score of an id.
     *
     * @param hash of the id
     * @return false if the id would be new and there is no memory for it
     */
    boolean add(ByteSpan id, int hash, Hit hit) {
        if (2 * count >= slots.length && !growPlaces()) {
            return false;
        }
        int slot = slot(id, hash);
        if (slots[slot] != 0) {
            scores[slots[slot] - 1] += hit.score;
            return true;
        }
        if (start(count) + id.length() > ids.length && !growIds(id.length())) {
            return false;
        }
        System.arraycopy(id.bytes(), id.start(), ids, start(count), id.length());
        ends[count] = start(count) + id.length();
        hashes[count] = hash;
        scores[count] = hit.score;
        turns[count] = hit.turn;
        slots[slot] = ++count;
        return true;
    }

    /** Adds to the score of an id that is there; false if it is not. */
    boolean addIfKnown(ByteSpan id, int hash, double score) {
        int slot = slots.length == 0 ? 0 : slot(id, hash);
        boolean isKnown = slots.length > 0 && slots[slot] != 0;
        if (isKnown) {
            scores[slots[slot] - 1] += score;
        }
        return isKnown;
    }

    /** The slot of an id, or the one where it belongs. */
    private int slot(ByteSpan id, int hash) {
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, id, hash)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isAt(int place, ByteSpan id, int hash) {
        return hashes[place] == hash
                && Arrays.equals(
                        ids,
                        start(place),
                        ends[place],
                        id.bytes(),
                        id.start(),
                        id.start() + id.length());
    }

    private int start(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    private boolean growPlaces() {
        int factor = ends.length < PLACES_FEW ? 4 : 2;
        int places = Math.max(PLACES_MIN, factor * ends.length);
        if (places > Integer.MAX_VALUE / 8
                || !memory.tryReserve((long) (places - ends.length) * PLACE_BYTES)) {
            return false;
        }
        ends = Arrays.copyOf(ends, places);
        hashes = Arrays.copyOf(hashes, places);
        scores = Arrays.copyOf(scores, places);
        turns = Arrays.copyOf(turns, places);
        slots = new int[2 * places];
        for (int place = 0; place < count; place++) {
            int slot = hashes[place] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = place + 1;
        }
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
        Arrays.fill(slots, 0);
        count = 0;
    }

    @Override
    public void close() {
        memory.close();
        ids = new byte[0];
        ends = new int[0];
        hashes = new int[0];
        scores = new double[0];
        turns = new long[0];
        slots = new int[0];
        count = 0;
    }
}
