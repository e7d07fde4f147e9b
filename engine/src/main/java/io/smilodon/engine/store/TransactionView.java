package io.smilodon.engine.store;

import io.smilodon.engine.value.Direction;
import java.util.List;
import java.util.Optional;

/** What a transaction saw when this was opened. As safe as the transaction: one thread. */
final class TransactionView implements Snapshot {

    private final BufferedTransaction transaction;
    private final WriteBatch written;
    private boolean isClosed;

    /**
     * A view.
     *
     * @param written the writes that it shows
     */
    TransactionView(BufferedTransaction transaction, WriteBatch written) {
        this.transaction = transaction;
        this.written = written;
    }

    @Override
    public long sequence() {
        return transaction.snapshotSequence();
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        return transaction.get(key, written);
    }

    @Override
    public KeyLookups lookups(List<byte[]> keys) {
        return transaction.lookups(keys, written);
    }

    @Override
    public boolean isUnchanged(byte[] key, long sequence) {
        return transaction.isUnchanged(key, sequence, written);
    }

    @Override
    public long entryEstimate(KeyRange range) {
        return transaction.entryEstimate(range);
    }

    @Override
    public List<byte[]> ownWrites(KeyRange range) {
        return transaction.ownWrites(range, written);
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        return transaction.cursor(range, direction, written);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            transaction.closeView(written);
        }
    }
}
