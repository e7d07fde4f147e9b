package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The current tables and the last visible commit. The log thread and the background thread replace
 * the view; readers pin it with two volatile reads and one atomic addition. Thread-safe.
 */
final class Tables {

    private volatile TableView current;
    private volatile long visible;

    Tables(List<Segment> segments, long visible) {
        this.current = new TableView(new Memtable(), List.of(), segments, 0);
        this.visible = visible;
    }

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

    /** Makes commits visible; only the log thread does. */
    void publish(long sequence) {
        visible = sequence;
    }

    /** The active memtable; only the log thread may write it. */
    Memtable active() {
        return current.active();
    }

    /** Puts the active memtable aside; only the log thread does. */
    synchronized void freeze(long lastLsn) {
        TableView old = current;
        List<FrozenMemtable> frozen = new ArrayList<>();
        frozen.add(new FrozenMemtable(old.active(), lastLsn));
        frozen.addAll(old.frozen());
        replace(new TableView(new Memtable(), frozen, old.segments(), old.forgotten()));
    }

    /** Replaces the oldest frozen memtable by what it became; an empty one became nothing. */
    synchronized void flushed(FrozenMemtable flushed, List<Segment> made) {
        TableView old = current;
        List<FrozenMemtable> frozen = new ArrayList<>(old.frozen());
        if (frozen.remove(frozen.size() - 1) != flushed) {
            throw new AssertionError("not the oldest memtable");
        }
        List<Segment> segments = new ArrayList<>(made);
        segments.addAll(old.segments());
        replace(new TableView(old.active(), frozen, segments, old.forgotten()));
    }

    /**
     * Replaces neighbouring segments by what they were merged into, which may be nothing.
     *
     * @param forgotten the newest version of which nothing is left
     */
    synchronized void merged(List<Segment> inputs, List<Segment> made, long forgotten) {
        TableView old = current;
        List<Segment> segments = new ArrayList<>(old.segments());
        int place = segments.indexOf(inputs.get(0));
        segments.removeAll(inputs);
        segments.addAll(place, made);
        long newest = Math.max(forgotten, old.forgotten());
        replace(new TableView(old.active(), old.frozen(), segments, newest));
    }

    private void replace(TableView view) {
        TableView old = current;
        current = view;
        old.release();
    }

    TableView current() {
        return current;
    }

    void close() {
        current.release();
    }
}
