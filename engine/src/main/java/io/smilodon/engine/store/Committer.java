package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.CommitQueue;
import io.smilodon.engine.log.PendingCommit;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The client's half of a commit: look for conflicts with what is visible, encode, queue, wait. The
 * log thread then only has to look at what was committed since. Thread-safe.
 */
final class Committer {

    private final Tables tables;
    private final CommitQueue<CommitWrites> queue;
    private final LongSupplier nanoClock;

    Committer(Tables tables, CommitQueue<CommitWrites> queue, LongSupplier nanoClock) {
        this.tables = tables;
        this.queue = queue;
        this.nanoClock = nanoClock;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    /** Commits a transaction's writes. */
    long commit(StoreSnapshot snapshot, WriteBatch batch, List<byte[]> guards) {
        NavigableMap<byte[], Optional<byte[]>> writes = batch.writes();
        long checked = requireUnchanged(snapshot, writes, guards);
        return commit(new CommitWrites(writes, guards, true, checked), batch.bytes());
    }

    /** Commits a batch that looks at nothing. */
    long write(WriteBatch batch) {
        for (var write : batch.writes().entrySet()) {
            ReservedKeys.requireUsable(write.getKey());
            write.getValue().ifPresent(ReservedKeys::requireUsableValue);
        }
        ReservedKeys.requireTransactionSize(batch.bytes());
        return batch.isEmpty()
                ? tables.visible()
                : commit(new CommitWrites(batch.writes(), List.of(), false, 0), batch.bytes());
    }

    private long commit(CommitWrites writes, long bytes) {
        byte[] payload = BatchCodec.encode(writes.writes(), bytes);
        return queue.commit(new PendingCommit<>(writes, payload));
    }

    private long requireUnchanged(
            StoreSnapshot snapshot,
            NavigableMap<byte[], Optional<byte[]>> writes,
            List<byte[]> guards) {
        if (snapshot.sequence() == tables.visible()) {
            return snapshot.sequence();
        }
        Tables.Pin now = tables.pin();
        try {
            for (byte[] key : writes.keySet()) {
                requireUnchanged(snapshot, now, key);
            }
            for (byte[] key : guards) {
                requireUnchanged(snapshot, now, key);
            }
            return now.sequence();
        } finally {
            now.view().release();
        }
    }

    private static void requireUnchanged(StoreSnapshot snapshot, Tables.Pin now, byte[] key) {
        if (snapshot.isChanged(now, key)) {
            throw conflict();
        }
    }

    static SmilodonException conflict() {
        return new SmilodonException(
                        ErrorCode.WRITE_CONFLICT,
                        "Another transaction changed a key of this one after its snapshot")
                .withHint("Nothing happened: run the whole transaction again.");
    }
}
