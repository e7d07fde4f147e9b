package io.smilodon.engine.memtable;

import java.util.Arrays;

/**
 * A place in a {@link KeyTree}, which may grow meanwhile. Nothing but {@link #ceiling} and {@link
 * #lower} may be called before one of them has found a node. Not thread-safe.
 */
final class KeyWalk {

    private final KeyTree tree;
    private TreePage leaf;
    private int place;

    KeyWalk(KeyTree tree) {
        this.tree = tree;
        tree.order();
        this.leaf = tree.root();
    }

    MemtableNode node() {
        return leaf.node(place);
    }

    /** Goes to the first node whose key is not smaller; false if there is none. */
    boolean ceiling(byte[] key) {
        TreePage page = tree.root();
        TreePage behind = null;
        while (!page.isLeaf()) {
            int at = page.placeFor(key);
            behind = at + 1 < page.count() ? page.child(at + 1) : behind;
            page = page.child(at);
        }
        int size = page.count(); // what is appended from now on may be smaller
        leaf = page;
        place = page.rank(key, size);
        if (place < size || behind == null) {
            return place < size;
        }
        leaf = firstLeaf(behind);
        place = 0;
        return true;
    }

    private static TreePage firstLeaf(TreePage top) {
        TreePage page = top;
        while (!page.isLeaf()) {
            page = page.child(0);
        }
        return page;
    }

    /** Goes to the last node whose key is smaller; with an empty key, to the last of all. */
    boolean lower(byte[] key) {
        TreePage page = tree.root();
        TreePage before = null;
        while (!page.isLeaf()) {
            int at = key.length == 0 ? page.count() - 1 : page.placeFor(key);
            before = at > 0 ? page.child(at - 1) : before;
            page = page.child(at);
        }
        leaf = page;
        place = rankOrAll(page, key) - 1;
        if (place < 0 && before != null) {
            leaf = lastLeaf(before);
            place = leaf.count() - 1;
        }
        return place >= 0;
    }

    private static int rankOrAll(TreePage page, byte[] key) {
        int size = page.count();
        return key.length == 0 ? size : page.rank(key, size);
    }

    private static TreePage lastLeaf(TreePage top) {
        TreePage page = top;
        while (!page.isLeaf()) {
            page = page.child(page.count() - 1);
        }
        return page;
    }

    /** Goes to the next node; false at the end. */
    boolean next() {
        if (place + 1 < leaf.count()) {
            place++;
            return true;
        }
        byte[] last = node().key();
        return ceiling(Arrays.copyOf(last, last.length + 1));
    }

    /** Goes to the node before; false at the beginning. */
    boolean previous() {
        if (place > 0) {
            place--;
            return true;
        }
        return lower(node().key());
    }
}
