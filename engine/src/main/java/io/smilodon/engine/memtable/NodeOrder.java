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

    private static void sort(List<MemtableNode> nodes, int shared) {
        NodeOrder[] order = new NodeOrder[nodes.size()];
        for (int index = 0; index < order.length; index++) {
            MemtableNode node = nodes.get(index);
            order[index] = new NodeOrder(KeyHead.of(node.key(), shared), node);
        }
        Arrays.sort(order);
        for (int index = 0; index < order.length; index++) {
            nodes.set(index, order[index].node);
        }
    }

    @Override
    public int compareTo(NodeOrder other) {
        return head == other.head
                ? Arrays.compareUnsigned(node.key(), other.node.key())
                : Long.compareUnsigned(head, other.head);
    }
}
