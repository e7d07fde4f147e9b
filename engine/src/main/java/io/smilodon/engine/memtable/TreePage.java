package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.KeyHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * A page of a {@link KeyTree}: items ascending by key, nodes in a leaf and pages above. The first
 * sixteen bytes of the keys lie side by side, since to go where a key lies is likely a cache miss.
 *
 * <p>One thread writes, any number read. Of a page that readers may have, an item may be replaced
 * by another that covers the same keys, and items may be appended; for everything else a page is
 * copied.
 */
final class TreePage {

    static final int CAPACITY = 32;

    private static final VarHandle ITEM = MethodHandles.arrayElementVarHandle(Object[].class);

    private final boolean isLeaf;
    private final byte[] lowest;
    private final long[] heads = new long[CAPACITY];
    private final long[] necks = new long[CAPACITY];
    private final Object[] items = new Object[CAPACITY];
    private volatile int count;

    private TreePage(boolean isLeaf, byte[] lowest) {
        this.isLeaf = isLeaf;
        this.lowest = lowest;
    }

    static TreePage leaf() {
        return new TreePage(true, new byte[0]);
    }

    static TreePage leaf(MemtableNode only) {
        TreePage page = new TreePage(true, only.key());
        page.insert(0, only.key(), only);
        return page;
    }

    static TreePage above(TreePage only) {
        TreePage page = new TreePage(false, only.lowest);
        page.insert(0, only.lowest, only);
        return page;
    }

    boolean isLeaf() {
        return isLeaf;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /** No key in it is smaller, unless it is the first page of its level. */
    byte[] lowest() {
        return lowest;
    }

    MemtableNode node(int place) {
        return (MemtableNode) ITEM.getAcquire(items, place);
    }

    TreePage child(int place) {
        return (TreePage) ITEM.getAcquire(items, place);
    }

    private byte[] key(int place) {
        return isLeaf ? node(place).key() : child(place).lowest;
    }

    /** How many of the first so many keys are smaller. */
    int rank(byte[] key, int size) {
        return rank(key, KeyHead.of(key, 0), KeyHead.of(key, Long.BYTES), size);
    }

    private int rank(byte[] key, long head, long neck, int size) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, key, head, neck) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(int place, byte[] key, long head, long neck) {
        if (heads[place] != head) {
            return Long.compareUnsigned(heads[place], head);
        }
        return necks[place] == neck
                ? Arrays.compareUnsigned(key(place), key)
                : Long.compareUnsigned(necks[place], neck);
    }

    /** The place of the child that has this key, or would have it. */
    int placeFor(byte[] key) {
        long head = KeyHead.of(key, 0);
        long neck = KeyHead.of(key, Long.BYTES);
        int size = count;
        int rank = rank(key, head, neck, size);
        boolean isLowest = rank < size && compare(rank, key, head, neck) == 0;
        return isLowest ? rank : Math.max(rank - 1, 0);
    }

    /** Puts another page in the place of one; both cover the same keys. */
    void replace(int place, TreePage page) {
        ITEM.setRelease(items, place, page);
    }

    void append(MemtableNode node) {
        insert(count, node.key(), node);
    }

    void append(TreePage page) {
        insert(count, page.lowest, page);
    }

    /** Readers may have it only if this is behind all others. */
    private void insert(int place, byte[] key, Object item) {
        int moved = count - place;
        System.arraycopy(heads, place, heads, place + 1, moved);
        System.arraycopy(necks, place, necks, place + 1, moved);
        System.arraycopy(items, place, items, place + 1, moved);
        heads[place] = KeyHead.of(key, 0);
        necks[place] = KeyHead.of(key, Long.BYTES);
        items[place] = item;
        count = count + 1; // only now readers see it
    }

    /** A copy with one more node, in two halves if one page has no room for it. */
    TreePage[] with(int place, MemtableNode node) {
        TreePage[] copies = copies();
        int size = copies[0].count;
        if (place <= size) {
            copies[0].insert(place, node.key(), node);
        } else {
            copies[1].insert(place - size, node.key(), node);
        }
        return copies;
    }

    /** A copy with more nodes, ascending, in as many pages as they need. */
    TreePage[] with(List<MemtableNode> nodes) {
        if (nodes.size() == 1) {
            MemtableNode only = nodes.getFirst();
            return with(rank(only.key(), count), only);
        }
        PageRun run = new PageRun(isLeaf, lowest, count + nodes.size());
        int place = 0;
        for (MemtableNode node : nodes) {
            int end = place + rankFrom(place, node.key());
            while (place < end) {
                run.copy(this, place++);
            }
            run.add(node.key(), node);
        }
        while (place < count) {
            run.copy(this, place++);
        }
        return run.pages();
    }

    /** How many keys from a place on are smaller. */
    private int rankFrom(int place, byte[] key) {
        long head = KeyHead.of(key, 0);
        long neck = KeyHead.of(key, Long.BYTES);
        int end = place;
        while (end < count && compare(end, key, head, neck) < 0) {
            end++;
        }
        return end - place;
    }

    /** A copy where a child is in several parts, itself in as many as they need. */
    TreePage[] withParts(int place, TreePage[] parts) {
        PageRun run = new PageRun(isLeaf, lowest, count - 1 + parts.length);
        for (int index = 0; index < place; index++) {
            run.copy(this, index);
        }
        for (TreePage part : parts) {
            run.add(part.lowest, part);
        }
        for (int index = place + 1; index < count; index++) {
            run.copy(this, index);
        }
        return run.pages();
    }

    /** The pages above these, which are all of their level. */
    static TreePage[] above(TreePage[] pages) {
        PageRun run = new PageRun(false, pages[0].lowest, pages.length);
        for (TreePage page : pages) {
            run.add(page.lowest, page);
        }
        return run.pages();
    }

    /** Distributes items evenly among as few pages as hold them. */
    private static final class PageRun {

        private final boolean isLeaf;
        private final TreePage[] pages;
        private final int total;
        private int added;
        private int filled;

        /**
         * @param lowest that of the first page
         */
        PageRun(boolean isLeaf, byte[] lowest, int total) {
            this.isLeaf = isLeaf;
            this.total = total;
            this.pages = new TreePage[(total + CAPACITY - 1) / CAPACITY];
            pages[0] = new TreePage(isLeaf, lowest);
        }

        void add(byte[] key, Object item) {
            if (isNext()) {
                begin(key);
            }
            TreePage page = pages[filled];
            page.insert(page.count, key, item);
            added++;
        }

        void copy(TreePage from, int place) {
            if (isNext()) {
                begin(from.key(place));
            }
            TreePage page = pages[filled];
            page.heads[page.count] = from.heads[place];
            page.necks[page.count] = from.necks[place];
            page.items[page.count] = from.items[place];
            page.count = page.count + 1;
            added++;
        }

        private boolean isNext() {
            return added == (long) total * (filled + 1) / pages.length;
        }

        private void begin(byte[] lowest) {
            filled++;
            pages[filled] = new TreePage(isLeaf, lowest);
        }

        TreePage[] pages() {
            return pages;
        }
    }

    private TreePage[] copies() {
        if (!isFull()) {
            return new TreePage[] {copy(0, count, lowest)};
        }
        int half = CAPACITY / 2;
        return new TreePage[] {copy(0, half, lowest), copy(half, count, key(half))};
    }

    private TreePage copy(int from, int to, byte[] lowest) {
        TreePage copy = new TreePage(isLeaf, lowest);
        System.arraycopy(heads, from, copy.heads, 0, to - from);
        System.arraycopy(necks, from, copy.necks, 0, to - from);
        System.arraycopy(items, from, copy.items, 0, to - from);
        copy.count = to - from;
        return copy;
    }
}
