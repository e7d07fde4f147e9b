package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.KeyHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A node beside eight bytes of its key, behind what the keys of all that are sorted share: they
 * tell most keys apart without going where those lie.
 */
record NodeOrder(long head, MemtableNode node) implements Comparable<NodeOrder> {

    /**
     * Nodes by their keys.
     *
     * @param newest that came last of them
     * @param before that came last before them; null for none
     */
    static List<MemtableNode> ascending(MemtableNode newest, MemtableNode before) {
        List<MemtableNode> nodes = new ArrayList<>();
        byte[] first = newest.key();
        int shared = first.length;
        for (MemtableNode node = newest; node != before; node = node.before()) {
            int mismatch = Arrays.mismatch(first, 0, shared, node.key(), 0, node.key().length);
            shared = mismatch < 0 ? shared : mismatch;
            nodes.add(node);
        }
        if (nodes.size() > 1) {
            sort(nodes, shared);
        }
        return nodes;
    }

    /**
     * Cuts the range of the heads into as many parts as there are keys, about: where those lie
     * evenly, few are in the same part.
     */
    private static void sort(List<MemtableNode> nodes, int shared) {
        long[] heads = new long[nodes.size()];
        long least = -1;
        long greatest = 0;
        for (int index = 0; index < heads.length; index++) {
            heads[index] = KeyHead.of(nodes.get(index).key(), shared);
            least = Long.compareUnsigned(heads[index], least) < 0 ? heads[index] : least;
            greatest = Long.compareUnsigned(heads[index], greatest) > 0 ? heads[index] : greatest;
        }
        int shift = Math.max(0, bits(greatest - least) - bits(heads.length));
        int[] ends = starts(heads, least, shift);
        NodeOrder[] order = new NodeOrder[heads.length];
        for (int index = 0; index < heads.length; index++) {
            int part = (int) (heads[index] - least >>> shift);
            order[ends[part]++] = new NodeOrder(heads[index], nodes.get(index));
        }
        int from = 0;
        for (int part = 0; from < order.length; part++) {
            Arrays.sort(order, from, ends[part]);
            from = ends[part];
        }
        for (int index = 0; index < order.length; index++) {
            nodes.set(index, order[index].node);
        }
    }

    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    /** Where each part begins, if those before it are full. */
    private static int[] starts(long[] heads, long least, int shift) {
        int[] starts = new int[(1 << bits(heads.length)) + 1];
        for (long head : heads) {
            starts[(int) (head - least >>> shift) + 1]++;
        }
        for (int part = 1; part < starts.length; part++) {
            starts[part] += starts[part - 1];
        }
        return starts;
    }

    @Override
    public int compareTo(NodeOrder other) {
        return head == other.head
                ? Arrays.compareUnsigned(node.key(), other.node.key())
                : Long.compareUnsigned(head, other.head);
    }
}
