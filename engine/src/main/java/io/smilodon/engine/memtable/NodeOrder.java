package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.KeyHead;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts nodes by their keys. Eight bytes of each key, behind what the keys of all that are sorted
 * share, tell most of them apart without going where those lie. Not thread-safe.
 */
final class NodeOrder {

    private static final Comparator<MemtableNode> BY_KEY =
            (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

    /** So many are sorted by inserting each between those before it. */
    private static final int FEW = 16;

    /** Parts within parts: only keys that somebody chose need more. */
    private static final int DEPTH_MAX = 8;

    private final MemtableNode[] nodes;
    private final long[] heads;
    private final MemtableNode[] sortedNodes;
    private final long[] sortedHeads;

    private NodeOrder(MemtableNode[] nodes) {
        this.nodes = nodes;
        this.heads = new long[nodes.length];
        this.sortedNodes = new MemtableNode[nodes.length];
        this.sortedHeads = new long[nodes.length];
    }

    /** Nodes by their keys, in the same array; there must be one. */
    static List<MemtableNode> ascending(MemtableNode[] nodes) {
        if (nodes.length > 1) {
            new NodeOrder(nodes).sort(0, nodes.length, 0);
        }
        return Arrays.asList(nodes);
    }

    /**
     * Cuts the range of the heads into as many parts as there are keys, about: where those lie
     * evenly, few are in the same part.
     */
    private void sort(int from, int to, int depth) {
        readHeads(from, to);
        long least = -1;
        long greatest = 0;
        for (int index = from; index < to; index++) {
            least = Long.compareUnsigned(heads[index], least) < 0 ? heads[index] : least;
            greatest = Long.compareUnsigned(heads[index], greatest) > 0 ? heads[index] : greatest;
        }
        if (depth > DEPTH_MAX || least == greatest) {
            Arrays.sort(nodes, from, to, BY_KEY);
            return;
        }
        int shift = Math.max(0, bits(greatest - least) - bits(to - from));
        int[] ends = starts(from, to, least, shift);
        for (int index = from; index < to; index++) {
            int place = ends[(int) (heads[index] - least >>> shift)]++;
            sortedNodes[place] = nodes[index];
            sortedHeads[place] = heads[index];
        }
        System.arraycopy(sortedNodes, from, nodes, from, to - from);
        System.arraycopy(sortedHeads, from, heads, from, to - from);
        int start = from;
        for (int part = 0; start < to; part++) {
            int end = ends[part];
            if (end - start <= FEW) {
                insert(start, end);
            } else {
                sort(start, end, depth + 1);
            }
            start = end;
        }
    }

    private void readHeads(int from, int to) {
        int shared = shared(from, to);
        for (int index = from; index < to; index++) {
            heads[index] = KeyHead.of(nodes[index].key(), shared);
        }
    }

    /**
     * How many bytes all keys begin with alike, if zeroes are taken to be behind them. No step
     * waits for what the one before it finds: so the keys come from memory at the same time.
     */
    private int shared(int from, int to) {
        byte[] first = nodes[from].key();
        for (int start = 0; start < first.length; start += Long.BYTES) {
            long head = KeyHead.of(first, start);
            long differences = 0;
            for (int index = from + 1; index < to; index++) {
                differences |= head ^ KeyHead.of(nodes[index].key(), start);
            }
            if (differences != 0) {
                return start + Long.numberOfLeadingZeros(differences) / Byte.SIZE;
            }
        }
        return first.length;
    }

    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    /** Where each part begins, if those before it are full. */
    private int[] starts(int from, int to, long least, int shift) {
        int[] starts = new int[(1 << bits(to - from)) + 1];
        starts[0] = from;
        for (int index = from; index < to; index++) {
            starts[(int) (heads[index] - least >>> shift) + 1]++;
        }
        for (int part = 1; part < starts.length; part++) {
            starts[part] += starts[part - 1];
        }
        return starts;
    }

    private void insert(int from, int to) {
        for (int index = from + 1; index < to; index++) {
            MemtableNode node = nodes[index];
            long head = heads[index];
            int place = index;
            while (place > from && isBefore(head, node, place - 1)) {
                nodes[place] = nodes[place - 1];
                heads[place] = heads[place - 1];
                place--;
            }
            nodes[place] = node;
            heads[place] = head;
        }
    }

    private boolean isBefore(long head, MemtableNode node, int place) {
        return head == heads[place]
                ? BY_KEY.compare(node, nodes[place]) < 0
                : Long.compareUnsigned(head, heads[place]) < 0;
    }
}
