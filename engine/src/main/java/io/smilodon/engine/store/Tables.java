package io.smilodon.engine.store;

import io.smilodon.engine.compaction.CompactionTarget;
import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The current tables and the last visible commit. Whoever commits and the background threads
 * replace the view; readers pin it with two volatile reads and one atomic addition. Thread-safe.
 */
final class Tables {

    private final SnapshotAges ages;
    private final SlabPool slabs;
    private volatile TableView current;
    private volatile long visible;

    /**
     * @param slabs memory for memtables
     */
    Tables(Levels levels, Readable readable, SnapshotAges ages, SlabPool slabs) {
        this.ages = ages;
        this.slabs = slabs;
        this.visible = readable.last();
        this.current =
                new TableView(
                        new Memtable(slabs),
                        List.of(),
                        levels,
                        new TableView.Lost(0, readable.floor()));
    }

    /**
     * The commits as of which segments can be read.
     *
     * @param floor the oldest one
     * @param last the last visible one
     */
    record Readable(long floor, long last) {}

    /**
     * A view with the commit up to which it may be read.
     *
     * @param view holds a reference for the caller
     * @param sequence the last visible commit
     */
    record Pin(TableView view, long sequence) {}

    /**
     * Pins the present. The sequence is read while the view is current: so every commit up to it is
     * in the view, and no later merge has dropped a version that it needs.
     *
     * @throws SmilodonException {@link ErrorCode#SHUTDOWN_IN_PROGRESS} once the store is closed
     */
    Pin pin() {
        while (true) {
            TableView view = acquire();
            long sequence = visible;
            if (view == current) {
                return new Pin(view, sequence);
            }
            view.release();
        }
    }

    private TableView acquire() {
        TableView view = current;
        while (!view.tryAcquire()) {
            if (view == current) { // only closing lets go of a view that has no successor
                throw new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
            }
            view = current;
        }
        return view;
    }

    long visible() {
        return visible;
    }

    /** Makes commits visible; one thread at a time does. */
    void publish(long sequence) {
        visible = sequence;
    }

    /** The active memtable; one thread at a time writes it. */
    Memtable active() {
        return current.active();
    }

    /** Puts the active memtable aside; only the log thread does. */
    synchronized void freeze(long lastLsn) {
        TableView old = current;
        List<FrozenMemtable> frozen = new ArrayList<>();
        frozen.add(new FrozenMemtable(old.active(), lastLsn));
        frozen.addAll(old.frozen());
        replace(new TableView(new Memtable(slabs), frozen, old.levels(), old.lost()));
    }

    /**
     * Replaces the oldest frozen memtable by what it became; an empty one became nothing.
     *
     * @param floor the oldest commit as of which the segment can be read
     */
    synchronized void flushed(FrozenMemtable flushed, List<Segment> made, long floor) {
        TableView old = current;
        List<FrozenMemtable> frozen = new ArrayList<>(old.frozen());
        if (frozen.remove(frozen.size() - 1) != flushed) {
            throw new AssertionError("not the oldest memtable");
        }
        Levels levels = old.levels().with(List.of(), made, 0);
        replace(new TableView(old.active(), frozen, levels, old.lost().and(0, floor)));
    }

    /** Replaces segments by what became of them. */
    synchronized void compacted(CompactionTarget.Change change) {
        TableView old = current;
        Levels levels = old.levels().with(change.removed(), change.added(), change.level());
        TableView.Lost lost = old.lost().and(change.forgotten(), change.floor());
        replace(new TableView(old.active(), old.frozen(), levels, lost));
    }

    /** Ends snapshots that are too old. */
    synchronized void expireSnapshots() {
        ages.expire();
        if (ages.isRenewalDue()) {
            replace(current.renewed()); // so that the snapshots of the old view begin to age
        }
    }

    /** The snapshots that are open. */
    synchronized SnapshotStatistics snapshots() {
        SnapshotStatistics outdated = ages.statistics();
        int present = Math.max(current.references() - 1, 0); // one reference is our own
        return new SnapshotStatistics(outdated.open() + present, outdated.outdatedMillis());
    }

    private void replace(TableView view) {
        TableView old = current;
        current = view;
        ages.replaced(old);
        old.release();
    }

    /** The size of all live segments. */
    long segmentBytes() {
        return current.levels().all().stream().mapToLong(segment -> segment.file().bytes()).sum();
    }

    TableView current() {
        return current;
    }

    void close() {
        current.release();
    }
}
