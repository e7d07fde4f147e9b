package io.smilodon.engine.memtable;

import java.util.ArrayList;
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
    private static final int FIRST_COUNT = 1 << 10;
    private static final byte[] NO_END = {};

    private volatile TreePage root = TreePage.leaf();

    /** All nodes as they came, which a collector goes through faster than through a chain. */
    private volatile MemtableNode[] came = new MemtableNode[FIRST_COUNT];

    /** How many came; written after them. */
    private volatile int count;

    /** How many of them are in the tree; written when they are. */
    private volatile int placedCount;

    /** The node with the largest key of those in the tree. */
    private MemtableNode last;

    /** The way to the leaf of the key that is being placed. */
    private final TreePage[] path = new TreePage[HEIGHT_MAX];

    private final int[] places = new int[HEIGHT_MAX];

    /** Adds a node, which is complete, and whose key is not there yet. */
    void add(MemtableNode node) {
        if (count == came.length) {
            came = Arrays.copyOf(came, 2 * count);
        }
        came[count] = node;
        count = count + 1;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Gives all that have come so far their places; to be called before looking at the root. */
    void order() {
        if (placedCount != count) {
            place();
        }
    }

    /** Waits for whoever is doing that already. */
    private synchronized void place() {
        int until = count;
        if (placedCount == until) {
            return;
        }
        List<MemtableNode> nodes =
                NodeOrder.ascending(Arrays.copyOfRange(came, placedCount, until));
        if (last == null || isBefore(last.key(), nodes.getFirst().key())) {
            nodes.forEach(this::append);
            last = nodes.getLast();
        } else {
            insertAll(nodes);
            last = isBefore(last.key(), nodes.getLast().key()) ? nodes.getLast() : last;
        }
        placedCount = until;
    }

    /** All nodes by their keys; they get no places for that, if none has one yet. */
    List<MemtableNode> ascending() {
        int until = count;
        if (placedCount == 0 && until > 0) {
            return NodeOrder.ascending(Arrays.copyOf(came, until));
        }
        List<MemtableNode> nodes = new ArrayList<>();
        KeyWalk walk = new KeyWalk(this);
        boolean hasMore = walk.ceiling(new byte[0]);
        while (hasMore) {
            nodes.add(walk.node());
            hasMore = walk.next();
        }
        return nodes;
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
