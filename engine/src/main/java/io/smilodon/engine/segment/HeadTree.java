package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyHead;
import java.util.Arrays;

/**
 * Where a key belongs among sorted ones. A node compares the eight bytes behind what all of its
 * keys share; those that have these in common too are a node of their own, which goes on behind
 * them (Mao, Kohler and Morris, "Cache craftiness for fast multicore key-value storage", 2012). So
 * a search reads a few short arrays, however long the keys are and whatever they begin with, and
 * hardly ever goes where one lies. Immutable.
 */
final class HeadTree {

    /** So few keys are compared themselves. */
    private static final int FEW = 4;

    /** What a node takes besides its heads, and what each of those takes. */
    private static final int NODE_BYTES = 120;

    private static final int HEAD_BYTES = 16;

    /** So many heads lie together: two lines of memory, which come at the same time. */
    private static final int GROUP = 16;

    private static final HeadTree[] NO_NODES = {};

    private static final int[] NO_STARTS = {};

    private final byte[][] keys;
    private final int from;
    private final int to;

    /** How many bytes are known to be those of the keys when a search comes here. */
    private final int known;

    /** How many bytes all of its keys share. */
    private final int shared;

    /** Different ones, ascending; behind them the largest there can be, up to a whole group. */
    private final long[] heads;

    private final int headCount;

    /** The last head of each group: so few that they are always near. */
    private final long[] tops;

    /** The first key of each head, and where the last one's end; none if each has one key. */
    private final int[] starts;

    /** The nodes of those heads that many keys have; null for the others. */
    private final HeadTree[] deeper;

    /**
     * @param keys ascending, and not changed afterwards; equal ones count as one behind the other
     */
    HeadTree(byte[][] keys) {
        this(keys, 0, keys.length, 0);
    }

    private HeadTree(byte[][] keys, int from, int to, int known) {
        this.keys = keys;
        this.from = from;
        this.to = to;
        this.known = known;
        this.shared = from == to ? 0 : shared(keys[from], keys[to - 1]);
        int[] found = starts();
        this.headCount = found.length - 1;
        this.starts = headCount == to - from ? NO_STARTS : found;
        this.heads = heads();
        this.tops = tops(heads);
        this.deeper = starts.length == 0 ? NO_NODES : deeper();
    }

    private long[] heads() {
        long[] found = new long[(headCount + GROUP - 1) / GROUP * GROUP];
        Arrays.fill(found, headCount, found.length, -1);
        for (int index = 0; index < headCount; index++) {
            found[index] = KeyHead.of(keys[start(index)], shared);
        }
        return found;
    }

    private static long[] tops(long[] heads) {
        long[] tops = new long[heads.length / GROUP];
        for (int group = 0; group < tops.length; group++) {
            tops[group] = heads[group * GROUP + GROUP - 1];
        }
        return tops;
    }

    private HeadTree[] deeper() {
        HeadTree[] nodes = NO_NODES;
        for (int index = 0; index < headCount; index++) {
            if (isNode(index)) {
                nodes = nodes.length == 0 ? new HeadTree[headCount] : nodes;
                nodes[index] =
                        new HeadTree(keys, start(index), start(index + 1), shared + Long.BYTES);
            }
        }
        return nodes;
    }

    private int start(int index) {
        return starts.length == 0 ? from + index : starts[index];
    }

    private static int shared(byte[] first, byte[] last) {
        int mismatch = Arrays.mismatch(first, last);
        return mismatch < 0 ? first.length : mismatch;
    }

    private int[] starts() {
        int[] found = new int[to - from + 1];
        int count = 0;
        long last = 0;
        for (int key = from; key < to; key++) {
            long head = KeyHead.of(keys[key], shared);
            if (key == from || head != last) {
                found[count++] = key;
            }
            last = head;
        }
        found[count] = to;
        return Arrays.copyOf(found, count + 1);
    }

    /** Keys that end inside of a head, the first of its keys, cannot be told apart behind it. */
    private boolean isNode(int index) {
        int first = start(index);
        return start(index + 1) - first > FEW
                && keys[first].length >= shared + Long.BYTES
                && headCount > 1;
    }

    /** About how much memory it takes. */
    long bytes() {
        long bytes = NODE_BYTES + (long) HEAD_BYTES * heads.length;
        for (HeadTree node : deeper) {
            bytes += node == null ? 0 : node.bytes();
        }
        return bytes;
    }

    /** The first key that is not smaller; their number if there is none. */
    int placeOf(byte[] key) {
        HeadTree node = this;
        while (true) {
            int order = node.compareShared(key);
            if (order != 0) {
                return order < 0 ? node.from : node.to;
            }
            long head = KeyHead.of(key, node.shared);
            int index = node.firstNotSmaller(head);
            if (index == node.headCount || node.heads[index] != head) {
                return node.start(index);
            }
            if (node.deeper.length == 0 || node.deeper[index] == null) {
                return node.placeAmong(index, key);
            }
            node = node.deeper[index];
        }
    }

    /**
     * The first head that is not smaller; their number if there is none. Within its group all are
     * looked at, as each step of a bisection would wait for the one before.
     */
    private int firstNotSmaller(long head) {
        int group = KeyHead.firstNotSmaller(tops, head);
        if (group == tops.length) {
            return headCount;
        }
        int first = group * GROUP;
        int index = first;
        for (int at = first; at < first + GROUP; at++) {
            index += Long.compareUnsigned(heads[at], head) < 0 ? 1 : 0;
        }
        return index;
    }

    private int compareShared(byte[] key) {
        if (key.length < known) {
            return -1; // its head is that of theirs, but ends sooner
        }
        if (known >= shared) {
            return 0;
        }
        int end = Math.min(key.length, shared);
        return Arrays.compareUnsigned(key, known, end, keys[from], known, shared);
    }

    private int placeAmong(int index, byte[] key) {
        int low = start(index);
        int high = start(index + 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(keys[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
