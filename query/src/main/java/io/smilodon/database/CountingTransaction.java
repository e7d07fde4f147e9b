package io.smilodon.database;

import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyLookups;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that counts its writes: whether a failed step left something behind, and whether it
 * is time to commit. Not thread-safe.
 */
final class CountingTransaction implements Transaction {

    private final Transaction transaction;
    private long writeCount;
    private long writtenBytes;

    CountingTransaction(Transaction transaction) {
        this.transaction = transaction;
    }

    long writeCount() {
        return writeCount;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        return transaction.get(key);
    }

    @Override
    public KeyLookups lookups(List<byte[]> keys) {
        return transaction.lookups(keys);
    }

    @Override
    public boolean isUnchanged(byte[] key, long sequence) {
        return transaction.isUnchanged(key, sequence);
    }

    @Override
    public long entryEstimate(KeyRange range) {
        return transaction.entryEstimate(range);
    }

    @Override
    public List<byte[]> ownWrites(KeyRange range) {
        return transaction.ownWrites(range);
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        return transaction.cursor(range, direction);
    }

    @Override
    public Snapshot view() {
        return transaction.view();
    }

    @Override
    public long snapshotSequence() {
        return transaction.snapshotSequence();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        transaction.put(key, value);
        writeCount++;
        writtenBytes += key.length + value.length;
    }

    @Override
    public void delete(byte[] key) {
        transaction.delete(key);
        writeCount++;
        writtenBytes += key.length;
    }

    @Override
    public void requireUnchanged(byte[] key) {
        transaction.requireUnchanged(key);
    }

    @Override
    public void retire(byte[] prefix) {
        transaction.retire(prefix);
        writeCount++;
    }

    @Override
    public Optional<CommittedOutcome> earlierOutcome() {
        return transaction.earlierOutcome();
    }

    @Override
    public void keepResult(byte[] result) {
        transaction.keepResult(result);
    }

    @Override
    public void note(byte[] bytes) {
        transaction.note(bytes);
        writtenBytes += bytes.length;
    }

    @Override
    public long commit(SyncMode atLeast) {
        return transaction.commit(atLeast);
    }

    @Override
    public void close() {
        transaction.close();
    }
}
