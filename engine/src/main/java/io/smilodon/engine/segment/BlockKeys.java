package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where to look for a key in a block: of the keys at its restarts, or of all where they are few,
 * the eight bytes behind what all of them share lie together in memory. So a search goes to the
 * entry at once, and not from one distant place of the block to the next. Immutable.
 */
final class BlockKeys {

    /** A block of more entries has small ones: to step over some of them costs little. */
    static final int ENTRIES_MAX = 64;

    private final Block block;

    /** What all the keys begin with. */
    private final byte[] prefix;

    private final long[] heads;
    private final int[] places;

    /** Whether every entry is here, and none leaves out more than prefix and head tell. */
    private final boolean isWhole;

    private BlockKeys(Block block, Entries entries, boolean isWhole) {
        this.block = block;
        this.prefix = entries.prefix();
        this.heads = new long[entries.keys.size()];
        this.places = new int[heads.length];
        for (int index = 0; index < heads.length; index++) {
            heads[index] = KeyHead.of(entries.keys.get(index), prefix.length);
            places[index] = entries.places.get(index);
        }
        this.isWhole = isWhole;
    }

    /** Entries one behind the other, while they are collected. */
    private static final class Entries {

        private final List<byte[]> keys = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private int sharedMax;

        /** Takes the next entry; false at the end. */
        boolean add(BlockCursor cursor) {
            int place = cursor.next();
            if (!cursor.advance()) {
                return false;
            }
            keys.add(cursor.copyKey());
            places.add(place);
            sharedMax = Math.max(sharedMax, cursor.sharedLength());
            return true;
        }

        byte[] prefix() {
            byte[] first = keys.get(0);
            int mismatch = Arrays.mismatch(first, keys.get(keys.size() - 1));
            return mismatch < 0 ? first : Arrays.copyOf(first, mismatch);
        }
    }

    /**
     * Reads the keys.
     *
     * @throws IndexOutOfBoundsException if the block is malformed
     */
    static BlockKeys of(Block block) {
        Entries all = new Entries();
        BlockCursor cursor = new BlockCursor(block);
        boolean hasMore = all.add(cursor);
        while (hasMore && all.keys.size() <= ENTRIES_MAX) {
            hasMore = all.add(cursor);
        }
        return !hasMore && all.sharedMax <= all.prefix().length + Long.BYTES
                ? new BlockKeys(block, all, true)
                : new BlockKeys(block, restarts(block), false);
    }

    private static Entries restarts(Block block) {
        Entries restarts = new Entries();
        BlockCursor cursor = new BlockCursor(block);
        for (int index = 0; index < block.restartCount(); index++) {
            cursor.goTo(block.restart(index));
            restarts.add(cursor);
        }
        return restarts;
    }

    /** Reads something of what a search reads. */
    int touch() {
        int middle = heads.length >>> 1;
        return prefix.length + places[middle] + (int) heads[middle];
    }

    /** Whether the place that a search comes to is that of the entry itself. */
    boolean isWhole() {
        return isWhole;
    }

    /** Which place to search for the key from: nothing before it has that key or a larger one. */
    int indexFor(byte[] key) {
        int compared = Math.min(key.length, prefix.length);
        int order = Arrays.compareUnsigned(key, 0, compared, prefix, 0, prefix.length);
        int smaller = order == 0 ? countSmaller(key) : order < 0 ? 0 : heads.length;
        return isWhole ? smaller : Math.max(smaller - 1, 0);
    }

    private int countSmaller(byte[] key) {
        long head = KeyHead.of(key, prefix.length);
        int low = KeyHead.firstNotSmaller(heads, head);
        return isWhole || low == heads.length || heads[low] != head
                ? low
                : countSmaller(key, low, head);
    }

    /** The same among restarts of which the first that count have this head. */
    private int countSmaller(byte[] key, int from, long head) {
        int low = from;
        int high = heads.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heads[middle] == head && block.compareRestart(places[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place of an entry of those here; the end of all behind the last one. */
    int place(int index) {
        return index < places.length ? places[index] : block.entriesEnd();
    }

    /**
     * Gives a key its first bytes, as many as the entry there may leave out.
     *
     * @return the bytes, or longer ones if they have no room for that
     */
    byte[] begin(int index, byte[] key) {
        if (!isWhole || index == heads.length) {
            return key;
        }
        int length = prefix.length + Long.BYTES;
        byte[] begun = length <= key.length ? key : new byte[2 * length];
        System.arraycopy(prefix, 0, begun, 0, prefix.length);
        KeyHead.put(heads[index], begun, prefix.length);
        return begun;
    }
}
