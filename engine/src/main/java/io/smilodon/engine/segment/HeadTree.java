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

    private static final HeadTree[] NO_NODES = {};

    private final byte[][] keys;
    private final int from;
    private final int to;

    /** How many bytes are known to be those of the keys when a search comes here. */
    private final int known;

    /** How many bytes all of its keys share. */
    private final int shared;

    /** Different ones, ascending. */
    private final long[] heads;

    /** The first key of each head, and where the last one's end. */
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
        this.starts = starts();
        this.heads = new long[starts.length - 1];
        boolean hasNodes = false;
        for (int index = 0; index < heads.length; index++) {
            heads[index] = KeyHead.of(keys[starts[index]], shared);
            hasNodes |= isNode(index);
        }
        this.deeper = hasNodes ? new HeadTree[heads.length] : NO_NODES;
        for (int index = 0; index < deeper.length; index++) {
            if (isNode(index)) {
                int end = starts[index + 1];
                deeper[index] = new HeadTree(keys, starts[index], end, shared + Long.BYTES);
            }
        }
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
        int first = starts[index];
        return starts[index + 1] - first > FEW
                && keys[first].length >= shared + Long.BYTES
                && heads.length > 1;
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
            int index = KeyHead.firstNotSmaller(node.heads, head);
            if (index == node.heads.length || node.heads[index] != head) {
                return node.starts[index];
            }
            if (node.deeper.length == 0 || node.deeper[index] == null) {
                return node.placeAmong(index, key);
            }
            node = node.deeper[index];
        }
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
        int low = starts[index];
        int high = starts[index + 1];
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
