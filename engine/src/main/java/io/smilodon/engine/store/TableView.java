package io.smilodon.engine.store;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.MergingCursor;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The tables that together were the store at one moment, newest first. Whoever reads holds a
 * reference; the last to let go lets go of the segments, so that a file is deleted only when no
 * snapshot needs it. Thread-safe.
 */
final class TableView {

    private final Memtable active;
    private final List<FrozenMemtable> frozen;
    private final Levels levels;
    private final Lost lost;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicBoolean isLetGo = new AtomicBoolean();
    private volatile boolean isExpired;

    /**
     * What flushing and merging have dropped.
     *
     * @param forgotten the newest version of which no trace is left
     * @param floor the oldest commit as of which what is left can be read
     */
    record Lost(long forgotten, long floor) {

        Lost and(long moreForgotten, long higherFloor) {
            return new Lost(Math.max(forgotten, moreForgotten), Math.max(floor, higherFloor));
        }
    }

    /**
     * @param frozen newest first
     */
    TableView(Memtable active, List<FrozenMemtable> frozen, Levels levels, Lost lost) {
        this.active = active;
        this.frozen = List.copyOf(frozen);
        this.levels = levels;
        this.lost = lost;
        active.retain();
        frozen.forEach(memtable -> memtable.table().retain());
        levels.all().forEach(Segment::retain);
    }

    /** Takes a reference, unless the last one is gone already. */
    boolean tryAcquire() {
        int count = references.get();
        while (count > 0 && !isExpired) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            letGo();
            active.release();
            frozen.forEach(memtable -> memtable.table().release());
        } else if (left < 0) {
            throw new AssertionError("released too often");
        }
    }

    private void letGo() {
        if (isLetGo.compareAndSet(false, true)) {
            levels.all().forEach(Segment::release);
        }
    }

    /**
     * Lets go of the files although there are still readers. What they read until they notice is
     * right or fails, since a file never changes and its number is never used again.
     */
    void expire() {
        isExpired = true;
        letGo();
    }

    boolean isExpired() {
        return isExpired;
    }

    /** How many use it. */
    int references() {
        return Math.max(references.get(), 0);
    }

    boolean isUsed() {
        return references.get() > 0;
    }

    /** The same tables, for those who come from now on. */
    TableView renewed() {
        return new TableView(active, frozen, levels, lost);
    }

    /** The newest version of the key up to this sequence; it may be a removal. */
    Optional<Entry> find(byte[] key, long sequence) {
        return find(key, sequence, () -> levels.find(key, sequence));
    }

    /** The same of a key that is also looked for in the levels with others. */
    Optional<Entry> find(byte[] key, long sequence, Supplier<Optional<Entry>> inLevels) {
        Optional<Entry> found = active.find(key, sequence);
        for (int index = 0; found.isEmpty() && index < frozen.size(); index++) {
            found = frozen.get(index).table().find(key, sequence);
        }
        return found.isPresent() ? found : inLevels.get();
    }

    /**
     * Whether the key has a version newer than this sequence. Of a key without any version that may
     * have been a removal which is merged away: then it counts as changed.
     */
    boolean isChangedAfter(byte[] key, long sequence) {
        if (active.isChangedAfter(key, sequence)) {
            return true;
        }
        for (FrozenMemtable memtable : frozen) {
            if (memtable.table().isChangedAfter(key, sequence)) {
                return true;
            }
        }
        return levels.isChangedAfter(key, sequence)
                || lost.forgotten() > sequence && find(key, Long.MAX_VALUE).isEmpty();
    }

    /**
     * Whether a key of the range, of those that count, has a version newer than this sequence. If a
     * newer version may have been merged away, that counts as a change of every range.
     */
    boolean isChangedAfter(KeyRange range, long sequence, Predicate<byte[]> counts) {
        EntryScan scan = new EntryScan(range.from(), range.to(), true, Long.MAX_VALUE);
        List<EntryCursor> sources = new ArrayList<>();
        if (active.maxSequence() > sequence) {
            sources.add(active.cursor(scan));
        }
        for (FrozenMemtable memtable : frozen) {
            if (memtable.table().maxSequence() > sequence) {
                sources.add(memtable.table().cursor(scan));
            }
        }
        for (Segment segment : levels.all()) {
            if (segment.file().maxSequence() > sequence && segment.overlaps(scan)) {
                sources.add(segment.cursor(scan));
            }
        }
        boolean isChanged = lost.forgotten() > sequence;
        for (EntryCursor source : sources) {
            try (source) {
                while (!isChanged && source.advance()) {
                    isChanged = source.sequence() > sequence && counts.test(source.key());
                }
            }
        }
        return isChanged;
    }

    EntryCursor cursor(EntryScan scan) {
        List<EntryCursor> sources = new ArrayList<>();
        if (!active.isEmpty()) {
            sources.add(active.cursor(scan));
        }
        for (FrozenMemtable memtable : frozen) {
            sources.add(memtable.table().cursor(scan));
        }
        levels.addCursors(scan, sources);
        return sources.size() == 1 ? sources.get(0) : new MergingCursor(sources, scan);
    }

    Memtable active() {
        return active;
    }

    List<FrozenMemtable> frozen() {
        return frozen;
    }

    Levels levels() {
        return levels;
    }

    Lost lost() {
        return lost;
    }

    long memtableBytes() {
        return active.bytes()
                + frozen.stream().mapToLong(memtable -> memtable.table().bytes()).sum();
    }
}
