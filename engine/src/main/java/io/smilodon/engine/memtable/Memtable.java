package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.entry.KeyStarts;
import io.smilodon.engine.entry.MergingCursor;
import io.smilodon.engine.entry.PackedWrites;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.VersionMerge;
import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.entry.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The newest commits, in memory: a tree of keys, each with the chain of its versions, newest first,
 * and a hash table for those who ask for one key. A large commit stays a run of its own, sorted as
 * it came: that costs a fraction of putting each key into the tree.
 *
 * <p>One thread writes, in commit order; any number read without locks. A node is published only
 * after it is complete. Sizes are exact for readers of a published commit, else recent.
 */
public final class Memtable {

    /** What an entry costs besides its key and value, roughly. */
    private static final int ENTRY_OVERHEAD = 128;

    /** The same in a run: its place, the start of its key, and its part of the filter. */
    private static final int RUN_ENTRY_OVERHEAD = Long.BYTES + KeyStarts.BYTES + 3;

    /** Commits of so many writes become runs. */
    private static final int RUN_WRITES_MIN = SortedWrites.MANY;

    private final KeyTree tree = new KeyTree();
    private final KeyTable keys = new KeyTable();
    private final ValueSlabs values;
    private final AtomicInteger references = new AtomicInteger();
    private final int runWritesMin;

    /** Newest first; replaced, never changed. */
    private volatile SortedRun[] runs = {};

    /** The node with the smallest key; null at first. */
    private MemtableNode first;

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
        this(pool, RUN_WRITES_MIN);
    }

    Memtable(SlabPool pool, int runWritesMin) {
        this.values = new ValueSlabs(pool);
        this.runWritesMin = runWritesMin;
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
     * Adds the writes of a commit; sequences never descend. Keys and values are not changed
     * afterwards.
     */
    public void addAll(SortedWrites writes, long sequence) {
        if (writes.size() >= runWritesMin) {
            addRun(writes, sequence);
            return;
        }
        for (Write write : writes) {
            add(write.key(), write.value(), sequence);
        }
    }

    private void addRun(SortedWrites writes, long sequence) {
        PackedWrites packed = writes.packed();
        runs = SortedRun.with(runs, packed, sequence);
        bytes += (long) RUN_ENTRY_OVERHEAD * packed.size() + packed.items().bytes().length;
        maxSequence = sequence;
    }

    /** As {@link #addAll}, of one write. */
    public void add(byte[] key, Optional<byte[]> value, long sequence) {
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
            first = isBeforeAll(key) ? node : first;
            last = isBehindAll ? node : last;
            tree.add(node);
            keys.add(node);
        } else {
            present.push(version);
        }
        bytes += ENTRY_OVERHEAD + key.length + Math.max(version.length(), 0);
        maxSequence = sequence;
    }

    private boolean isBeforeAll(byte[] key) {
        return first == null || Arrays.compareUnsigned(key, first.key()) < 0;
    }

    private boolean isBehindAll(byte[] key) {
        return last == null || Arrays.compareUnsigned(key, last.key()) > 0;
    }

    /** The node of a key; null if there is none. */
    private MemtableNode nodeOf(byte[] key) {
        return isBehindAll(key) ? null : keys.find(key, keys.hash(key));
    }

    /** The newest version of the key up to this sequence. */
    public Optional<Entry> find(byte[] key, long sequence) {
        SortedRun[] present = runs;
        MemtableNode node = nodeOf(key);
        Version version = node == null ? null : node.newest(sequence);
        Optional<Entry> found = version == null ? Optional.empty() : Optional.of(version.entry());
        return present.length == 0 ? found : newest(found, present, key, sequence);
    }

    private Optional<Entry> newest(
            Optional<Entry> inTree, SortedRun[] present, byte[] key, long sequence) {
        long least = inTree.map(Entry::sequence).orElse(0L);
        long hash = KeyHash.inMemory(key);
        for (SortedRun run : present) {
            if (run.newest() <= least) {
                return inTree;
            }
            Optional<Entry> found = run.find(key, hash, sequence);
            if (found.isPresent()) {
                return found.get().sequence() > least ? found : inTree;
            }
        }
        return inTree;
    }

    /** Whether the key has a version newer than this sequence. */
    public boolean isChangedAfter(byte[] key, long sequence) {
        if (maxSequence <= sequence) {
            return false;
        }
        MemtableNode node = nodeOf(key);
        return node != null && node.newest().sequence() > sequence
                || isChangedAfter(runs, key, sequence);
    }

    private boolean isChangedAfter(SortedRun[] present, byte[] key, long sequence) {
        long hash = KeyHash.inMemory(key);
        for (SortedRun run : present) {
            if (run.newest() <= sequence) {
                return false;
            }
            Optional<Entry> newest = run.find(key, hash, Long.MAX_VALUE);
            if (newest.isPresent()) {
                return newest.get().sequence() > sequence;
            }
        }
        return false;
    }

    KeyWalk walk() {
        return new KeyWalk(tree);
    }

    public EntryCursor cursor(EntryScan scan) {
        List<EntryCursor> sources = new ArrayList<>();
        sources.add(new MemtableCursor(this, scan));
        for (SortedRun run : runs) {
            if (run.entries().overlaps(scan)) {
                sources.add(new EntryListCursor(run.entries(), scan));
            }
        }
        return sources.size() == 1 ? sources.getFirst() : new MergingCursor(sources, scan);
    }

    /**
     * How many entries lie in a range, about; removed keys and old versions count like others.
     *
     * @param countedMax how many are counted one by one at most
     */
    public long entryCount(EntryScan scan, long countedMax) {
        SortedRun[] present = runs;
        EntryCursor inTree = new MemtableCursor(this, scan);
        long count = 0;
        while (count < countedMax && inTree.advance()) {
            count++;
        }
        for (SortedRun run : present) {
            count += run.entries().count(scan);
        }
        return count;
    }

    /**
     * Adds about so many keys of a range that cut it into even parts.
     *
     * @param wanted how many of all keys in this memtable
     */
    public void addPlaces(EntryScan scan, long wanted, List<byte[]> places) {
        SortedRun[] present = runs;
        long all = Math.max(1, keys.count());
        for (SortedRun run : present) {
            all += run.entries().size();
        }
        addTreePlaces(scan, Math.max(1, wanted * keys.count() / all), places);
        for (SortedRun run : present) {
            long share = Math.max(1, wanted * run.entries().size() / all);
            run.entries().addPlaces(scan, share, places);
        }
    }

    /** Keeps every key at first; whenever there are too many, every other one of those kept. */
    private void addTreePlaces(EntryScan scan, long wanted, List<byte[]> places) {
        List<byte[]> kept = new ArrayList<>();
        int stride = 1;
        EntryCursor cursor = new MemtableCursor(this, scan);
        for (int at = 0; cursor.advance(); at++) {
            if (at % stride == 0) {
                kept.add(cursor.key());
            }
            if (kept.size() > wanted) {
                kept = everyOther(kept);
                stride *= 2;
            }
        }
        places.addAll(kept);
    }

    private static List<byte[]> everyOther(List<byte[]> keys) {
        List<byte[]> kept = new ArrayList<>();
        for (int at = 0; at < keys.size(); at += 2) {
            kept.add(keys.get(at));
        }
        return kept;
    }

    /** Every version of every key, keys ascending, versions descending: for flushing. */
    public VersionWalk versions() {
        VersionWalk inTree = new MemtableVersions(tree.ascending());
        if (runs.length == 0) {
            return inTree;
        }
        List<EntryList> lists = Arrays.stream(runs).map(SortedRun::entries).toList();
        VersionWalk inRuns = new EntryListVersions(EntryList.merged(lists));
        return last == null ? inRuns : new VersionMerge(List.of(inTree, inRuns));
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
        Stream<byte[]> inTree = Stream.ofNullable(first).map(MemtableNode::key);
        Stream<byte[]> inRuns = Arrays.stream(runs).map(run -> run.entries().firstKey());
        return Stream.concat(inTree, inRuns).min(Arrays::compareUnsigned).orElseThrow();
    }

    /** The largest key; there must be one. */
    public byte[] lastKey() {
        Stream<byte[]> inTree = Stream.ofNullable(last).map(MemtableNode::key);
        Stream<byte[]> inRuns = Arrays.stream(runs).map(run -> run.entries().lastKey());
        return Stream.concat(inTree, inRuns).max(Arrays::compareUnsigned).orElseThrow();
    }

    public boolean isEmpty() {
        return tree.isEmpty() && runs.length == 0;
    }
}
