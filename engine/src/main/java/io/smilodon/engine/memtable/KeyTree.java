package io.smilodon.engine.memtable;

import java.util.Arrays;
import java.util.List;

/**
 * Nodes in the order of their keys: a B+ tree (Comer, "The Ubiquitous B-Tree", 1979) whose pages
 * are copied where the order within them changes, so that readers need no locks: what they have
 * come upon stays as it was, but for keys that came later. Ascending keys are appended without a
 * copy or a search.
 *
 * <p>A node gets its place when somebody first asks for the order after it came, together with all
 * others that came meanwhile: most are only ever looked for by their key, and many together take
 * less work than one after the other.
 *
 * <p>One thread adds, any number read; who has learnt of a commit finds its keys.
 */
final class KeyTree {

    private static final int HEIGHT_MAX = 16;
    private static final byte[] NO_END = {};

    private volatile TreePage root = TreePage.leaf();

    /** The node that came last, which knows the one that came before it; null at first. */
    private volatile MemtableNode newest;

    /** The one that came last of those in the tree; written when all of them are. */
    private volatile MemtableNode newestPlaced;

    /** The node with the largest key of those in the tree. */
    private MemtableNode last;

    /** The way to the leaf of the key that is being placed. */
    private final TreePage[] path = new TreePage[HEIGHT_MAX];

    private final int[] places = new int[HEIGHT_MAX];

    /** Adds a node, which is complete, and whose key is not there yet. */
    void add(MemtableNode node) {
        node.follow(newest);
        newest = node;
    }

    boolean isEmpty() {
        return newest == null;
    }

    /** Gives all that have come so far their places; to be called before looking at the root. */
    void order() {
        if (newestPlaced != newest) {
            place();
        }
    }

    /** Waits for whoever is doing that already. */
    private synchronized void place() {
        MemtableNode until = newest;
        if (newestPlaced == until) {
            return;
        }
        List<MemtableNode> nodes = NodeOrder.ascending(until, newestPlaced);
        if (last == null || isBefore(last.key(), nodes.getFirst().key())) {
            nodes.forEach(this::append);
            last = nodes.getLast();
        } else {
            insertAll(nodes);
            last = isBefore(last.key(), nodes.getLast().key()) ? nodes.getLast() : last;
        }
        newestPlaced = until;
    }

    TreePage root() {
        return root;
    }

    /** Appends a node whose key is larger than all others. */
    private void append(MemtableNode node) {
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

    /** Inserts nodes, ascending, whose keys are not there yet: to each page its own at once. */
    private void insertAll(List<MemtableNode> nodes) {
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
            while (to < nodes.size()
                    && (behind == NO_END || isBefore(nodes.get(to).key(), behind))) {
                to++;
            }
            install(depth, page.with(nodes.subList(from, to)));
            from = to;
        }
    }

    private static boolean isBefore(byte[] key, byte[] other) {
        return Arrays.compareUnsigned(key, other) < 0;
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
