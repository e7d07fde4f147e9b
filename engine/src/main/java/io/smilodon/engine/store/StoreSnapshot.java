package io.smilodon.engine.store;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.value.Direction;
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
        Optional<Entry> found =
                ReservedKeys.isReserved(key) ? Optional.empty() : view.find(key, sequence);
        if (found.isEmpty() || found.get().value().isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        return Optional.of(new VersionedValue(entry.value().get(), entry.sequence()));
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        requireOpen();
        if (!view.tryAcquire()) {
            throw new IllegalStateException("the snapshot has been closed");
        }
        KeyRange visible = ReservedKeys.withoutReserved(range);
        EntryScan scan =
                new EntryScan(
                        visible.from(), visible.to(), direction == Direction.FORWARD, sequence);
        return new LiveKeyCursor(view, scan);
    }

    /** The tables, for what only the store itself may read; valid while this is open. */
    Tables.Pin pin() {
        return new Tables.Pin(view, sequence);
    }

    private void requireOpen() {
        if (isClosed.get()) {
            throw new IllegalStateException("the snapshot has been closed");
        }
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            view.release();
        }
    }
}
