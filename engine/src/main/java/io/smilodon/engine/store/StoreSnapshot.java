package io.smilodon.engine.store;

import io.smilodon.engine.compaction.LevelLookups;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
        return get(key, () -> view.levels().find(key, sequence));
    }

    @Override
    public KeyLookups lookups(List<byte[]> keys) {
        requireOpen();
        LevelLookups inLevels = inTables(() -> view.levels().lookups(keys));
        return index -> get(keys.get(index), () -> inLevels.find(index, sequence));
    }

    private Optional<VersionedValue> get(byte[] key, Supplier<Optional<Entry>> inLevels) {
        requireOpen();
        Optional<Entry> found =
                ReservedKeys.isReserved(key)
                        ? Optional.empty()
                        : inTables(() -> view.find(key, sequence, inLevels));
        if (found.isEmpty() || found.get().value().isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        return Optional.of(new VersionedValue(entry.value().get(), entry.sequence()));
    }

    @Override
    public boolean isUnchanged(byte[] key, long earlier) {
        requireOpen();
        return earlier == sequence
                || earlier < sequence && !inTables(() -> view.isChangedAfter(key, earlier));
    }

    private <T> T inTables(Supplier<T> read) {
        try {
            return read.get();
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
        return inTables(() -> new RangePlaces(scan, count).in(view));
    }

    @Override
    public long entryEstimate(KeyRange range) {
        requireOpen();
        EntryScan scan = new EntryScan(range.from(), range.to(), true, sequence);
        return inTables(() -> RangeEntries.in(view, scan));
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
