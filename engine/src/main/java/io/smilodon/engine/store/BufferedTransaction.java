package io.smilodon.engine.store;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A snapshot, and the writes that are to follow it. Not thread-safe. */
final class BufferedTransaction implements Transaction {

    private final Committer committer;
    private final StoreSnapshot snapshot;
    private final WriteBatch batch = new WriteBatch();
    private final List<byte[]> guards = new ArrayList<>();
    private final long startNanos;
    private boolean isEnded;

    BufferedTransaction(Committer committer, StoreSnapshot snapshot) {
        this.committer = committer;
        this.snapshot = snapshot;
        this.startNanos = committer.nanoTime();
    }

    @Override
    public long snapshotSequence() {
        return snapshot.sequence();
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        requireLive();
        Optional<byte[]> written = batch.isEmpty() ? null : batch.writes().get(key);
        if (written == null) {
            return snapshot.get(key);
        }
        return written.map(value -> new VersionedValue(value, ownVersion()));
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        requireLive();
        KeyRange visible = ReservedKeys.withoutReserved(range);
        KeyCursor base = snapshot.cursor(visible, direction);
        NavigableMap<byte[], Optional<byte[]>> own = ownWrites(visible);
        return own.isEmpty() ? base : new OverlayCursor(base, own, direction, ownVersion());
    }

    private NavigableMap<byte[], Optional<byte[]>> ownWrites(KeyRange range) {
        NavigableMap<byte[], Optional<byte[]>> from = batch.writes().tailMap(range.from(), true);
        if (range.to().length == 0) {
            return from;
        }
        return range.isAfter(range.from())
                ? from.headMap(range.from(), false)
                : from.headMap(range.to(), false);
    }

    /** Larger than that of any commit that the snapshot contains. */
    private long ownVersion() {
        return snapshot.sequence() + 1;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        requireLive();
        ReservedKeys.requireUsable(key);
        ReservedKeys.requireUsableValue(value);
        ReservedKeys.requireTransactionSize(batch.bytes() + key.length + value.length);
        batch.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        requireLive();
        ReservedKeys.requireUsable(key);
        ReservedKeys.requireTransactionSize(batch.bytes() + key.length);
        batch.delete(key);
    }

    @Override
    public void requireUnchanged(byte[] key) {
        requireLive();
        ReservedKeys.requireUsable(key);
        guards.add(key);
    }

    @Override
    public void retire(byte[] prefix) {
        requireLive();
        ReservedKeys.requireUsable(prefix);
        batch.put(ReservedKeys.retired(prefix), new byte[0]);
    }

    @Override
    public long commit() {
        requireLive();
        try {
            return batch.isEmpty()
                    ? snapshot.sequence()
                    : committer.commit(snapshot, batch, guards);
        } finally {
            close();
        }
    }

    private void requireLive() {
        if (isEnded) {
            throw new IllegalStateException("the transaction has ended");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(committer.nanoTime() - startNanos);
        if (millis > Limits.TRANSACTION_MILLIS_MAX) {
            close();
            throw new SmilodonException(
                    ErrorCode.TRANSACTION_EXCEEDED_LIFETIME,
                    "The transaction took too long and was abandoned",
                    Map.of("millis", millis, "maximum", Limits.TRANSACTION_MILLIS_MAX));
        }
    }

    @Override
    public void close() {
        if (!isEnded) {
            isEnded = true;
            snapshot.close();
        }
    }
}
