package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHead;
import java.util.Arrays;
import java.util.Optional;

/**
 * The newest commits, in memory: a skip list of keys, each with the chain of its versions, newest
 * first (Pugh, "Skip lists: a probabilistic alternative to balanced trees", 1990), and a hash table
 * for those who ask for one key.
 *
 * <p>One thread writes, in commit order; any number read without locks. A node is published only
 * after it is complete. Sizes are exact for readers of a published commit, else recent.
 */
public final class Memtable {

    private static final int HEIGHT_MAX = 16;

    /** What an entry costs besides its key and value, roughly. */
    private static final int ENTRY_OVERHEAD = 128;

    private final MemtableNode head = new MemtableNode(new byte[0], 0, HEIGHT_MAX);
    private final KeyTable keys = new KeyTable();
    private final ValueSlabs values = new ValueSlabs();
    private final MemtableNode[] before = new MemtableNode[HEIGHT_MAX];

    /** The last node on each level: keys that ascend are put behind them without a search. */
    private final MemtableNode[] tails = new MemtableNode[HEIGHT_MAX];

    private long random = 0x9e3779b97f4a7c15L;
    private long bytes;
    private long maxSequence;

    public Memtable() {
        Arrays.fill(tails, head);
    }

    /** Adds a version; sequences never descend. Key and value are not changed afterwards. */
    public void add(byte[] key, Optional<byte[]> value, long sequence) {
        long hash = keys.hash(key);
        MemtableNode present = isBehindAll(key) ? null : keys.find(key, hash);
        Version older = present == null ? null : present.newest();
        Version version =
                value.isPresent()
                        ? values.version(sequence, value.get(), older)
                        : Version.removal(sequence, older);
        if (present == null) {
            insert(new MemtableNode(key, hash, randomHeight()), version);
        } else {
            present.push(version);
        }
        bytes += ENTRY_OVERHEAD + key.length + Math.max(version.length(), 0);
        maxSequence = sequence;
    }

    private boolean isBehindAll(byte[] key) {
        return Arrays.compareUnsigned(key, tails[0].key()) > 0;
    }

    /** The node of a key; null if there is none. */
    private MemtableNode nodeOf(byte[] key) {
        return isBehindAll(key) ? null : keys.find(key, keys.hash(key));
    }

    /** Fills {@link #before} for a new key. */
    private void findBefore(byte[] key) {
        if (isBehindAll(key)) {
            System.arraycopy(tails, 0, before, 0, HEIGHT_MAX);
            return;
        }
        long keyHead = KeyHead.of(key, 0);
        long keyNeck = KeyHead.of(key, Long.BYTES);
        MemtableNode node = head;
        for (int level = HEIGHT_MAX - 1; level >= 0; level--) {
            MemtableNode next = node.next(level);
            while (next != null && next.isBefore(key, keyHead, keyNeck)) {
                node = next;
                next = node.next(level);
            }
            before[level] = node;
        }
    }

    private void insert(MemtableNode node, Version version) {
        findBefore(node.key());
        node.push(version);
        for (int level = 0; level < node.height(); level++) {
            node.link(level, before[level].next(level));
        }
        for (int level = 0; level < node.height(); level++) {
            before[level].link(level, node);
            if (node.next(level) == null) {
                tails[level] = node;
            }
        }
        keys.add(node);
    }

    private int randomHeight() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        int zeroPairs = Long.numberOfTrailingZeros(random | 1L << 2 * (HEIGHT_MAX - 1)) / 2;
        return 1 + zeroPairs;
    }

    /** The newest version of the key up to this sequence. */
    public Optional<Entry> find(byte[] key, long sequence) {
        MemtableNode node = nodeOf(key);
        Version version = node == null ? null : node.newest(sequence);
        return version == null ? Optional.empty() : Optional.of(version.entry());
    }

    /** Whether the key has a version newer than this sequence. */
    public boolean isChangedAfter(byte[] key, long sequence) {
        if (maxSequence <= sequence) {
            return false;
        }
        MemtableNode node = nodeOf(key);
        return node != null && node.newest().sequence() > sequence;
    }

    MemtableNode first() {
        return head.next(0);
    }

    MemtableNode ceiling(byte[] key) {
        long keyHead = KeyHead.of(key, 0);
        long keyNeck = KeyHead.of(key, Long.BYTES);
        MemtableNode node = head;
        MemtableNode next = null;
        for (int level = HEIGHT_MAX - 1; level >= 0; level--) {
            next = node.next(level);
            while (next != null && next.isBefore(key, keyHead, keyNeck)) {
                node = next;
                next = node.next(level);
            }
        }
        return next;
    }

    /** The last node whose key is smaller; with an empty key, the last of all. */
    MemtableNode lower(byte[] key) {
        long keyHead = KeyHead.of(key, 0);
        long keyNeck = KeyHead.of(key, Long.BYTES);
        MemtableNode node = head;
        for (int level = HEIGHT_MAX - 1; level >= 0; level--) {
            MemtableNode next = node.next(level);
            while (next != null && (key.length == 0 || next.isBefore(key, keyHead, keyNeck))) {
                node = next;
                next = node.next(level);
            }
        }
        return node == head ? null : node;
    }

    public EntryCursor cursor(EntryScan scan) {
        return new MemtableCursor(this, scan);
    }

    /** Every version of every key, keys ascending, versions descending: for flushing. */
    public EntryCursor versions() {
        return new MemtableVersions(this);
    }

    /** Bytes of memory, roughly. */
    public long bytes() {
        return bytes;
    }

    /** The newest commit in it; zero when empty. */
    public long maxSequence() {
        return maxSequence;
    }

    /** The smallest key; there must be one. */
    public byte[] firstKey() {
        return first().key();
    }

    /** The largest key; there must be one. */
    public byte[] lastKey() {
        return tails[0].key();
    }

    public boolean isEmpty() {
        return first() == null;
    }
}
