package io.smilodon.engine.store;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pinned view of the tables. Thread-safe. */
final class StoreSnapshot implements Snapshot {

    private final TableView view;
    private final long sequence;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    StoreSnapshot(Tables.Pin pin) {
        this.view = pin.view();
        this.sequence = pin.sequence();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        requireOpen();
        Optional<Entry> found = ReservedKeys.isReserved(key) ? Optional.empty() : find(key);
        if (found.isEmpty() || found.get().value().isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        return Optional.of(new VersionedValue(entry.value().get(), entry.sequence()));
    }

    @Override
    public boolean isUnchanged(byte[] key, long earlier) {
        requireOpen();
        return earlier == sequence || earlier < sequence && !isChangedAfter(key, earlier);
    }

    private boolean isChangedAfter(byte[] key, long earlier) {
        try {
            return view.isChangedAfter(key, earlier);
        } catch (RuntimeException failure) {
            requireFresh(view);
            throw failure;
        }
    }

    private Optional<Entry> find(byte[] key) {
        try {
            return view.find(key, sequence);
        } catch (RuntimeException failure) {
            requireFresh(view); // its files may have been closed under the reader
            throw failure;
        }
    }

    /** Throws if the view has let go of its files. */
    static void requireFresh(TableView view) {
        if (view.isExpired()) {
            throw tooOld("The snapshot is too old and has been given up", Map.of());
        }
    }

    static SmilodonException tooOld(String text, Map<String, Object> details) {
        return new SmilodonException(ErrorCode.SNAPSHOT_TOO_OLD, text, details)
                .withHint(
                        "Begin anew with a new snapshot, or keep more of the past:"
                                + " historyMillis and snapshotMillisMax of the storage options.");
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        requireOpen();
        if (!view.tryAcquire()) {
            requireFresh(view);
            throw closed();
        }
        KeyRange visible = ReservedKeys.withoutReserved(range);
        EntryScan scan =
                new EntryScan(
                        visible.from(), visible.to(), direction == Direction.FORWARD, sequence);
        return new LiveKeyCursor(view, scan);
    }

    @Override
    public List<byte[]> places(KeyRange range, int count) {
        requireOpen();
        EntryScan scan = new EntryScan(range.from(), range.to(), true, sequence);
        try {
            return new RangePlaces(scan, count).in(view);
        } catch (RuntimeException failure) {
            requireFresh(view);
            throw failure;
        }
    }

    @Override
    public long entryEstimate(KeyRange range) {
        requireOpen();
        EntryScan scan = new EntryScan(range.from(), range.to(), true, sequence);
        try {
            return RangeEntries.in(view, scan);
        } catch (RuntimeException failure) {
            requireFresh(view);
            throw failure;
        }
    }

    /** The tables, for what only the store itself may read; valid while this is open. */
    Tables.Pin pin() {
        return new Tables.Pin(view, sequence);
    }

    private void requireOpen() {
        if (isClosed.get()) {
            throw closed();
        }
        requireFresh(view);
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the snapshot has been closed");
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            view.release();
        }
    }
}
