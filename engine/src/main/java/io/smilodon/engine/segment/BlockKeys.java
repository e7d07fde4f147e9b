package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where to look for a key in a block: of the keys at its restarts, or of all where they are few,
 * the eight bytes behind what all of them share lie together in memory. So a search goes to the
 * entry at once, and not from one distant place of the block to the next. It looks at all heads,
 * which come from memory at the same time; each step of a bisection would wait for the one before.
 *
 * <pre>table := count u32 | isWhole u32 | head u64[count] | place u32[count] | prefix u8[…]</pre>
 *
 * Of the heads, the highest bit is the other way round, so that they compare as signed numbers.
 * Immutable.
 */
final class BlockKeys {

    /** What the table takes for an entry. */
    static final int ITEM_BYTES = Long.BYTES + Integer.BYTES;

    /** A block of more entries has small ones: to step over some of them costs little. */
    static final int ENTRIES_MAX = 64;

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT_AT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int START_BYTES = 2 * Integer.BYTES;
    private static final int LINE_BYTES = 64;

    private final Block block;
    private final byte[] table;
    private final int count;

    /** Whether every entry is here, and none leaves out more than prefix and head tell. */
    private final boolean isWhole;

    private final int prefixStart;
    private final int prefixLength;

    /**
     * @param table {@link #table} of the block; one array, not more objects, so that the way to it
     *     is short
     */
    BlockKeys(Block block, byte[] table) {
        this.block = block;
        this.table = table;
        this.count = (int) INT_AT.get(table, 0);
        this.isWhole = (int) INT_AT.get(table, Integer.BYTES) != 0;
        this.prefixStart = START_BYTES + count * ITEM_BYTES;
        this.prefixLength = table.length - prefixStart;
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

        byte[] table(boolean isWhole) {
            byte[] prefix = prefix();
            int count = keys.size();
            byte[] table = new byte[START_BYTES + count * ITEM_BYTES + prefix.length];
            INT_AT.set(table, 0, count);
            INT_AT.set(table, Integer.BYTES, isWhole ? 1 : 0);
            for (int index = 0; index < count; index++) {
                LONG_AT.set(table, headAt(index), signed(keys.get(index), prefix.length));
                INT_AT.set(table, placeAt(index, count), places.get(index));
            }
            System.arraycopy(prefix, 0, table, table.length - prefix.length, prefix.length);
            return table;
        }
    }

    private static long signed(byte[] key, int prefixLength) {
        return KeyHead.of(key, prefixLength) ^ Long.MIN_VALUE;
    }

    private static int headAt(int index) {
        return START_BYTES + index * Long.BYTES;
    }

    private static int placeAt(int index, int count) {
        return START_BYTES + count * Long.BYTES + index * Integer.BYTES;
    }

    /**
     * Reads the keys.
     *
     * @throws IndexOutOfBoundsException if the block is malformed
     */
    static byte[] table(Block block) {
        Entries all = new Entries();
        BlockCursor cursor = new BlockCursor(block);
        boolean hasMore = all.add(cursor);
        while (hasMore && all.keys.size() <= ENTRIES_MAX) {
            hasMore = all.add(cursor);
        }
        return !hasMore && all.sharedMax <= all.prefix().length + Long.BYTES
                ? all.table(true)
                : restarts(block).table(false);
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

    /** Reads something of every line that a search reads. */
    int touch() {
        int sum = 0;
        for (int at = 0; at < table.length; at += LINE_BYTES) {
            sum += table[at];
        }
        return sum + table[table.length - 1];
    }

    private long head(int index) {
        return (long) LONG_AT.get(table, headAt(index));
    }

    /** Whether the place that a search comes to is that of the entry itself. */
    boolean isWhole() {
        return isWhole;
    }

    /** Which place to search for the key from: nothing before it has that key or a larger one. */
    int indexFor(byte[] key) {
        int compared = Math.min(key.length, prefixLength);
        int order = Arrays.compareUnsigned(key, 0, compared, table, prefixStart, table.length);
        int smaller = order == 0 ? countSmaller(key) : order < 0 ? 0 : count;
        return isWhole ? smaller : Math.max(smaller - 1, 0);
    }

    private int countSmaller(byte[] key) {
        long head = signed(key, prefixLength);
        int smaller = 0;
        for (int index = 0; index < count; index++) {
            smaller += head(index) < head ? 1 : 0;
        }
        return isWhole || smaller == count || head(smaller) != head
                ? smaller
                : countSmaller(key, smaller, head);
    }

    /** The same among restarts of which the first that count have this head. */
    private int countSmaller(byte[] key, int from, long head) {
        int low = from;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (head(middle) == head && block.compareRestart(place(middle), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place of an entry of those here; the end of all behind the last one. */
    int place(int index) {
        return index < count ? (int) INT_AT.get(table, placeAt(index, count)) : block.entriesEnd();
    }

    /**
     * Gives a key its first bytes, as many as the entry there may leave out.
     *
     * @return the bytes, or longer ones if they have no room for that
     */
    byte[] begin(int index, byte[] key) {
        if (!isWhole || index == count) {
            return key;
        }
        int length = prefixLength + Long.BYTES;
        byte[] begun = length <= key.length ? key : new byte[2 * length];
        System.arraycopy(table, prefixStart, begun, 0, prefixLength);
        KeyHead.put(head(index) ^ Long.MIN_VALUE, begun, prefixLength);
        return begun;
    }
}
