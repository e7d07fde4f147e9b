package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The newest commits, in memory: a tree of keys, each with the chain of its versions, newest first,
 * and a hash table for those who ask for one key.
 *
 * <p>One thread writes, in commit order; any number read without locks. A node is published only
 * after it is complete. Sizes are exact for readers of a published commit, else recent.
 */
public final class Memtable {

    /** What an entry costs besides its key and value, roughly. */
    private static final int ENTRY_OVERHEAD = 128;

    private final KeyTree tree = new KeyTree();
    private final KeyTable keys = new KeyTable();
    private final ValueSlabs values;
    private final AtomicInteger references = new AtomicInteger();

    /** Nodes that the tree does not have yet; empty between commits. */
    private final List<MemtableNode> inserted = new ArrayList<>();

    /** The node with the largest key; null at first. */
    private MemtableNode last;

    private long bytes;
    private long maxSequence;

    public Memtable() {
        this(new SlabPool(0));
    }

    /**
     * @param pool gives the memory for values, and has it back after the last {@link #release}
     */
    public Memtable(SlabPool pool) {
        this.values = new ValueSlabs(pool);
    }

    /** Whoever reads it holds a reference, or knows that somebody does. */
    public void retain() {
        references.incrementAndGet();
    }

    /** The last one to let go of it ends it: nothing in it may be read any more. */
    public void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            values.release();
        } else if (left < 0) {
            throw new AssertionError("released too often");
        }
    }

    /**
     * Adds the writes of a commit, keys ascending; sequences never descend. Keys and values are not
     * changed afterwards.
     */
    public void addAll(Iterable<Write> writes, long sequence) {
        for (Write write : writes) {
            push(write.key(), write.value(), sequence);
        }
        endCommit();
    }

    /** As {@link #addAll}, of one write. */
    public void add(byte[] key, Optional<byte[]> value, long sequence) {
        push(key, value, sequence);
        endCommit();
    }

    private void endCommit() {
        tree.insertAll(inserted);
        inserted.clear();
    }

    private void push(byte[] key, Optional<byte[]> value, long sequence) {
        long hash = keys.hash(key);
        boolean isBehindAll = isBehindAll(key);
        MemtableNode present = isBehindAll ? null : keys.find(key, hash);
        Version older = present == null ? null : present.newest();
        Version version =
                value.isPresent()
                        ? values.version(sequence, value.get(), older)
                        : Version.removal(sequence, older);
        if (present == null) {
            MemtableNode node = new MemtableNode(key, hash);
            node.push(version);
            insert(node, isBehindAll);
        } else {
            present.push(version);
        }
        bytes += ENTRY_OVERHEAD + key.length + Math.max(version.length(), 0);
        maxSequence = sequence;
    }

    private boolean isBehindAll(byte[] key) {
        return last == null || Arrays.compareUnsigned(key, last.key()) > 0;
    }

    /** The node of a key; null if there is none. */
    private MemtableNode nodeOf(byte[] key) {
        return isBehindAll(key) ? null : keys.find(key, keys.hash(key));
    }

    private void insert(MemtableNode node, boolean isBehindAll) {
        if (isBehindAll) {
            tree.append(node);
            last = node;
        } else {
            inserted.add(node);
        }
        keys.add(node);
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

    KeyWalk walk() {
        return new KeyWalk(tree);
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
        KeyWalk walk = walk();
        walk.ceiling(new byte[0]);
        return walk.node().key();
    }

    /** The largest key; there must be one. */
    public byte[] lastKey() {
        return last.key();
    }

    public boolean isEmpty() {
        return tree.root().count() == 0;
    }
}
