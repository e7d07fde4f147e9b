package io.smilodon.engine.store;

import io.smilodon.engine.Limits;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A snapshot, and the writes that are to follow it. Not thread-safe. */
final class BufferedTransaction implements Transaction {

    private static final byte[] NO_RESULT = {};

    private final Committer committer;
    private final StoreSnapshot snapshot;
    private final Optional<ReadRecord> reads;
    private final Optional<IdempotencyKey> key;
    private final List<byte[]> guards = new ArrayList<>();
    private final long startNanos;
    private WriteBatch batch = new WriteBatch();
    private int viewCount;
    private Optional<CommittedOutcome> earlier;
    private byte[] result = NO_RESULT;
    private long checkedSequence = Long.MAX_VALUE;
    private boolean isEnded;

    private BufferedTransaction(
            Committer committer,
            Optional<IdempotencyKey> key,
            StoreSnapshot snapshot,
            Optional<ReadRecord> reads) {
        this.committer = committer;
        this.snapshot = snapshot;
        this.reads = reads;
        this.key = key;
        this.startNanos = committer.nanoTime();
        this.earlier = key.flatMap(name -> committer.outcomes().find(snapshot.pin(), name));
    }

    static Transaction begin(Committer committer, TransactionOptions options) {
        Optional<ReadRecord> reads =
                options.isolation() == Isolation.SERIALIZABLE
                        ? Optional.of(new ReadRecord(committer.window()))
                        : Optional.empty();
        try {
            return begin(committer, options.key(), reads);
        } catch (RuntimeException failure) {
            reads.ifPresent(ReadRecord::close);
            throw failure;
        }
    }

    private static Transaction begin(
            Committer committer, Optional<IdempotencyKey> key, Optional<ReadRecord> reads) {
        StoreSnapshot snapshot = committer.snapshot();
        try {
            return new BufferedTransaction(committer, key, snapshot, reads);
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }

    @Override
    public long snapshotSequence() {
        return snapshot.sequence();
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        return get(key, batch);
    }

    Optional<VersionedValue> get(byte[] key, WriteBatch own) {
        return get(key, own, () -> snapshot.get(key));
    }

    private Optional<VersionedValue> get(
            byte[] key, WriteBatch own, Supplier<Optional<VersionedValue>> stored) {
        requireLive();
        Optional<Write> written = own.sorted().find(key);
        if (written.isEmpty()) {
            reads.ifPresent(record -> record.read(key));
            return stored.get();
        }
        return written.get().value().map(value -> new VersionedValue(value, ownVersion()));
    }

    @Override
    public KeyLookups lookups(List<byte[]> keys) {
        return lookups(keys, batch);
    }

    KeyLookups lookups(List<byte[]> keys, WriteBatch own) {
        requireLive();
        KeyLookups stored = snapshot.lookups(keys);
        return index -> get(keys.get(index), own, () -> stored.get(index));
    }

    @Override
    public long entryEstimate(KeyRange range) {
        return snapshot.entryEstimate(range);
    }

    @Override
    public boolean isUnchanged(byte[] key, long sequence) {
        return isUnchanged(key, sequence, batch);
    }

    /** Any write of its own may be one of the key. */
    boolean isUnchanged(byte[] key, long sequence, WriteBatch own) {
        requireBegun();
        reads.ifPresent(record -> record.read(key));
        return own.isEmpty() && snapshot.isUnchanged(key, sequence);
    }

    @Override
    public List<byte[]> ownWrites(KeyRange range) {
        return ownWrites(range, batch);
    }

    List<byte[]> ownWrites(KeyRange range, WriteBatch own) {
        requireLive();
        List<byte[]> keys = new ArrayList<>();
        own.sorted().range(range.from(), range.to(), true).forEach(write -> keys.add(write.key()));
        return keys;
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        return cursor(range, direction, batch);
    }

    KeyCursor cursor(KeyRange range, Direction direction, WriteBatch written) {
        requireLive();
        KeyRange visible = ReservedKeys.withoutReserved(range);
        KeyCursor stored = snapshot.cursor(visible, direction);
        KeyCursor base =
                reads.isPresent() ? reads.get().recording(stored, visible, direction) : stored;
        Iterator<Write> own =
                written.sorted()
                        .range(visible.from(), visible.to(), direction == Direction.FORWARD)
                        .iterator();
        return own.hasNext() ? new OverlayCursor(base, own, direction, ownVersion()) : base;
    }

    @Override
    public Snapshot view() {
        requireLive();
        viewCount++;
        return new TransactionView(this, batch);
    }

    void closeView(WriteBatch seen) {
        if (seen == batch) {
            viewCount--;
        }
    }

    /** The batch to write to: a new one if somebody looks at the one there is. */
    private WriteBatch writable() {
        if (viewCount > 0) {
            batch = batch.copy();
            viewCount = 0;
        }
        return batch;
    }

    /** Larger than that of any commit that the snapshot contains. */
    private long ownVersion() {
        return snapshot.sequence() + 1;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        requireBegun();
        ReservedKeys.requireUsable(key);
        ReservedKeys.requireUsableValue(value);
        ReservedKeys.requireTransactionSize(batch.bytes() + key.length + value.length);
        requireUnwritten(key);
        writable().put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        requireBegun();
        ReservedKeys.requireUsable(key);
        ReservedKeys.requireTransactionSize(batch.bytes() + key.length);
        requireUnwritten(key);
        writable().delete(key);
    }

    /** Work that cannot be committed any more is not worth going on with. */
    private void requireUnwritten(byte[] key) {
        try {
            long checked = committer.requireUnchanged(List.of(key), List.of(), snapshot.sequence());
            checkedSequence = Math.min(checkedSequence, checked);
        } catch (SmilodonException conflict) {
            close();
            throw conflict;
        }
    }

    @Override
    public void requireUnchanged(byte[] key) {
        requireBegun();
        ReservedKeys.requireUsable(key);
        if (guards.isEmpty() || !Arrays.equals(guards.getLast(), key)) {
            guards.add(key);
        }
        checkedSequence = snapshot.sequence();
    }

    @Override
    public void retire(byte[] prefix) {
        requireLive();
        ReservedKeys.requireUsable(prefix);
        writable().put(ReservedKeys.retired(prefix), new byte[0]);
        checkedSequence = snapshot.sequence();
    }

    @Override
    public Optional<CommittedOutcome> earlierOutcome() {
        return earlier;
    }

    @Override
    public void keepResult(byte[] bytes) {
        requireLive();
        if (key.isEmpty()) {
            throw new IllegalStateException("the transaction has no idempotency key");
        }
        if (bytes.length > Limits.IDEMPOTENT_RESULT_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "The result to be kept is too large",
                    Map.of("bytes", bytes.length, "maximum", Limits.IDEMPOTENT_RESULT_BYTES_MAX));
        }
        result = bytes;
    }

    @Override
    public void note(byte[] bytes) {
        requireBegun();
        ReservedKeys.requireTransactionSize(batch.bytes() + bytes.length);
        writable().note(bytes);
    }

    @Override
    public long commit(SyncMode atLeast) {
        requireLive();
        try {
            boolean hasOutcome = key.isPresent() && (!batch.isEmpty() || result.length > 0);
            return hasOutcome ? commitOnce(key.get(), atLeast) : commitBatch(atLeast);
        } finally {
            close();
        }
    }

    private long commitOnce(IdempotencyKey name, SyncMode atLeast) {
        if (earlier.isPresent()) {
            return earlier.get().sequence();
        }
        Outcomes outcomes = committer.outcomes();
        List<Outcomes.Kept> expired = outcomes.takeExpired(snapshot.sequence());
        try {
            expired.stream().filter(this::isThere).forEach(old -> writable().delete(old.key()));
            outcomes.write(ReservedKeys.outcome(name), result, writable());
            checkedSequence = snapshot.sequence();
            return commitBatch(atLeast);
        } catch (SmilodonException failure) {
            outcomes.giveBack(expired);
            return earlierCommit(name, failure);
        }
    }

    /** Whether what no longer counts is what its key still stands for. */
    private boolean isThere(Outcomes.Kept expired) {
        Tables.Pin pin = snapshot.pin();
        return pin.view()
                .find(expired.key(), pin.sequence())
                .filter(entry -> entry.sequence() == expired.sequence())
                .isPresent();
    }

    /** If the conflict was with a transaction of the same key, then that one is the outcome. */
    private long earlierCommit(IdempotencyKey name, SmilodonException failure) {
        if (failure.code().equals(ErrorCode.WRITE_CONFLICT)) {
            earlier = committer.outcome(name);
        }
        return earlier.orElseThrow(() -> failure).sequence();
    }

    private long commitBatch(SyncMode atLeast) {
        if (batch.isEmpty()) {
            return snapshot.sequence();
        }
        Optional<ReadCheck> check = reads.map(record -> record.check(snapshot.sequence()));
        return committer.commit(batch, guards, new Committer.Seen(checkedSequence, check, atLeast));
    }

    /** Enough for what takes no time: the clock costs more than that. */
    private void requireBegun() {
        if (isEnded) {
            throw new IllegalStateException("the transaction has ended");
        }
    }

    private void requireLive() {
        requireBegun();
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
            reads.ifPresent(ReadRecord::close);
        }
    }
}
