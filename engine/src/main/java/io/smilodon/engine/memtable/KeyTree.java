package io.smilodon.engine.memtable;

import java.util.Arrays;
import java.util.List;

/**
 * Nodes in the order of their keys: a B+ tree (Comer, "The Ubiquitous B-Tree", 1979) whose pages
 * are copied where the order within them changes, so that readers need no locks: what they have
 * come upon stays as it was, but for keys that came later. Ascending keys are appended without a
 * copy or a search.
 *
 * <p>One thread adds, any number read; who has learnt of a commit finds its keys.
 */
final class KeyTree {

    private static final int HEIGHT_MAX = 16;
    private static final byte[] NO_END = {};

    private volatile TreePage root = TreePage.leaf();

    /** The way to the leaf of the key that is being added. */
    private final TreePage[] path = new TreePage[HEIGHT_MAX];

    private final int[] places = new int[HEIGHT_MAX];

    TreePage root() {
        return root;
    }

    /** Adds a node whose key is larger than all others. */
    void append(MemtableNode node) {
        int depth = 0;
        TreePage page = root;
        while (!page.isLeaf()) {
            path[depth++] = page;
            page = page.child(page.count() - 1);
        }
        if (!page.isFull()) {
            page.append(node);
        } else {
            appendPage(depth, TreePage.leaf(node));
        }
    }

    /**
     * Appends a page beside the last one of its level, in new pages above it where they are full.
     */
    private void appendPage(int depth, TreePage page) {
        TreePage last = page;
        for (int above = depth - 1; above >= 0; above--) {
            if (!path[above].isFull()) {
                path[above].append(last);
                return;
            }
            last = TreePage.above(last);
        }
        TreePage top = TreePage.above(root);
        top.append(last);
        root = top;
    }

    /** Adds nodes, ascending, whose keys are not there yet: to each page its own at once. */
    void insertAll(List<MemtableNode> nodes) {
        int from = 0;
        while (from < nodes.size()) {
            byte[] key = nodes.get(from).key();
            byte[] behind = NO_END;
            int depth = 0;
            TreePage page = root;
            while (!page.isLeaf()) {
                int place = page.placeFor(key);
                path[depth] = page;
                places[depth] = place;
                behind = place + 1 < page.count() ? page.child(place + 1).lowest() : behind;
                page = page.child(place);
                depth++;
            }
            int to = from + 1;
            while (to < nodes.size() && isBefore(nodes.get(to).key(), behind)) {
                to++;
            }
            install(depth, page.with(nodes.subList(from, to)));
            from = to;
        }
    }

    private static boolean isBefore(byte[] key, byte[] end) {
        return end == NO_END || Arrays.compareUnsigned(key, end) < 0;
    }

    /** Puts a page, or its parts, in the place of the one at that depth of the path, at once. */
    private void install(int depth, TreePage[] pages) {
        TreePage[] parts = pages;
        for (int above = depth - 1; above >= 0; above--) {
            if (parts.length == 1) {
                path[above].replace(places[above], parts[0]);
                return;
            }
            parts = path[above].withParts(places[above], parts);
        }
        while (parts.length > 1) {
            parts = TreePage.above(parts);
        }
        root = parts[0];
    }
}
