package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.CommitQueue;
import io.smilodon.engine.log.PendingCommit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The client's half of a commit: look for conflicts with what is visible, encode, queue, wait.
 * Under the turn to commit only what was committed since is to be looked at. Thread-safe.
 */
final class Committer {

    private final Tables tables;
    private final CommitWindow window;
    private final Outcomes outcomes;
    private final BackPressure pressure;
    private final CommitQueue<CommitWrites> queue;
    private final LongSupplier nanoClock;

    Committer(
            Tables tables,
            TableWriter writer,
            CommitQueue<CommitWrites> queue,
            LongSupplier nanoClock) {
        this.tables = tables;
        this.window = writer.window();
        this.outcomes = writer.outcomes();
        this.pressure = writer.pressure();
        this.queue = queue;
        this.nanoClock = nanoClock;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    StoreSnapshot snapshot() {
        return new StoreSnapshot(tables.pin());
    }

    CommitWindow window() {
        return window;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** What became of the transaction with this key. */
    Optional<CommittedOutcome> outcome(IdempotencyKey key) {
        Tables.Pin now = tables.pin();
        try {
            return outcomes.find(now, key);
        } finally {
            now.view().release();
        }
    }

    /**
     * Commits a transaction's writes.
     *
     * @param seen what its snapshot and its checks so far vouch for
     */
    long commit(WriteBatch batch, List<byte[]> guards, Seen seen) {
        SortedWrites writes = batch.sorted();
        byte[] payload = BatchCodec.encode(writes, batch.notes());
        long checked = requireUnchanged(writes.keys(), guards, seen.sequence());
        Optional<ReadCheck> reads = seen.reads().map(check -> check.advanced(tables, window));
        CommitWrites commit = new CommitWrites(writes, guards, reads, true, checked);
        return commit(commit, payload, seen.atLeast());
    }

    /**
     * What a transaction has looked at.
     *
     * @param sequence up to this commit its written and guarded keys are known to be unchanged
     * @param reads what it has read, if that matters
     * @param atLeast what its client waits for
     */
    record Seen(long sequence, Optional<ReadCheck> reads, SyncMode atLeast) {}

    /** Commits a batch that looks at nothing. */
    long write(WriteBatch batch, SyncMode atLeast) {
        for (Write write : batch.writes()) {
            ReservedKeys.requireUsable(write.key());
            write.value().ifPresent(ReservedKeys::requireUsableValue);
        }
        ReservedKeys.requireTransactionSize(batch.bytes());
        CommitWrites writes =
                new CommitWrites(batch.sorted(), List.of(), Optional.empty(), false, 0);
        return batch.isEmpty()
                ? tables.visible()
                : commit(writes, BatchCodec.encode(batch.sorted(), batch.notes()), atLeast);
    }

    private long commit(CommitWrites writes, byte[] payload, SyncMode atLeast) {
        pressure.admit(payload.length);
        return queue.commit(new PendingCommit<>(writes, payload, atLeast.forcing()));
    }

    /**
     * Looks for changes that are visible by now.
     *
     * @param sequence up to this commit the keys are known to be unchanged
     * @return up to this commit they are
     * @throws SmilodonException {@code WRITE_CONFLICT}
     */
    long requireUnchanged(Iterable<byte[]> writes, Iterable<byte[]> guards, long sequence) {
        if (sequence == tables.visible()) {
            return sequence;
        }
        Tables.Pin now = tables.pin();
        try {
            requireUnchanged(now, writes, sequence);
            requireUnchanged(now, guards, sequence);
            return now.sequence();
        } finally {
            now.view().release();
        }
    }

    private static void requireUnchanged(Tables.Pin now, Iterable<byte[]> keys, long sequence) {
        for (byte[] key : keys) {
            if (now.view().isChangedAfter(key, sequence)) {
                throw conflict();
            }
        }
    }

    static SmilodonException conflict() {
        return new SmilodonException(
                        ErrorCode.WRITE_CONFLICT,
                        "Another transaction changed a key of this one after its snapshot")
                .withHint("Nothing happened: run the whole transaction again.");
    }
}
