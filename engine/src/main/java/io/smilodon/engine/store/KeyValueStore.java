package io.smilodon.engine.store;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedStart;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.DiskSpace;
import io.smilodon.engine.file.StorageDirectory;
import java.time.Instant;
import java.util.Optional;

/**
 * An ordered map from byte strings to byte strings (unsigned lexicographic order) with snapshots
 * and transactions. Thread-safe. Nothing above a store may assume more than this contract.
 */
public interface KeyValueStore extends AutoCloseable {

    /** The state after the last visible commit. */
    Snapshot snapshot();

    /** A random number that tells it from other stores; its backups have the same. */
    long id();

    /**
     * The state after an earlier commit, as long as it is kept ({@link RetentionSettings}).
     *
     * @param sequence of a commit, or between two commits
     * @throws io.smilodon.engine.error.SmilodonException {@code SNAPSHOT_TOO_OLD} if it is no
     *     longer kept, {@code BAD_VALUE} if there is no such commit yet
     */
    Snapshot snapshotAsOf(long sequence);

    /**
     * The last commit at or before an instant.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code SNAPSHOT_TOO_OLD} if that is not
     *     known any more, {@code BAD_VALUE} if the instant is in the future
     */
    long sequenceAt(Instant instant);

    /** The last visible commit and when it happened; times never go back. */
    FeedToken newest();

    /** A transaction on the state after the last visible commit, with snapshot isolation. */
    default Transaction begin() {
        return begin(TransactionOptions.SNAPSHOT);
    }

    /** A transaction on the state after the last visible commit. */
    Transaction begin(TransactionOptions options);

    /**
     * What became of the transaction with this key, if it has committed. Outcomes are kept for 24
     * hours, and at most {@link io.smilodon.engine.Limits#IDEMPOTENT_OUTCOMES_MAX} of them.
     */
    Optional<CommittedOutcome> outcome(IdempotencyKey key);

    /**
     * Commits a batch without looking at what it overwrites.
     *
     * @param atLeast waits for at least this; asking for less than the store's own mode changes
     *     nothing. {@link SyncMode#SYNC} also makes durable whatever was committed before
     * @return the sequence of the commit
     */
    long write(WriteBatch batch, SyncMode atLeast);

    /** Commits a batch in the store's own mode. */
    default long write(WriteBatch batch) {
        return write(batch, SyncMode.NONE);
    }

    /**
     * The commits from somewhere on, in their order, each once it is visible; close the feed.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code CHANGE_STREAM_HISTORY_LOST} if the
     *     log does not go back so far, or if the commit of a token was lost; {@code BAD_VALUE} if
     *     there is no such commit yet
     */
    ChangeFeed changes(FeedStart start);

    /** The commits behind one, such as that of a snapshot; see {@link #changes}. */
    default ChangeFeed changesSince(long sequence) {
        return changes(new FeedStart.AfterSequence(sequence));
    }

    /** The commits behind the one that a reader saw last; see {@link #changes}. */
    default ChangeFeed changesSince(FeedToken token) {
        return changes(new FeedStart.AfterToken(token));
    }

    /** The commits at and after an instant; see {@link #changes}. */
    default ChangeFeed changesFrom(Instant instant) {
        return changes(new FeedStart.At(instant));
    }

    /**
     * Says how keys with a prefix are read from now on: by scans, or one by one, which is assumed
     * of all that nothing was said of. What is scanned takes less memory and time to write; asking
     * for one key of it takes longer, and so does writing it in a transaction that is older than
     * the last flush. Not kept when the store is closed, and of a million prefixes at most.
     *
     * @param prefix of {@link io.smilodon.engine.entry.KeyKind#BYTES} bytes
     */
    void readByScans(byte[] prefix, boolean isScanned);

    /**
     * Writes what is only in memory to segments, so that the next opening has nothing to replay.
     */
    void checkpoint();

    /**
     * Makes commits wait until {@link #releaseCommits}; reading goes on. All that were made before
     * are durable when it returns. Closing ends it too.
     *
     * @param waiting what a commit does that comes meanwhile, on its own thread, again and again
     *     until it may go on; what it throws gives the commit up, and nothing of it is there
     * @throws io.smilodon.engine.error.SmilodonException if that is not possible; then nobody waits
     */
    void holdCommits(Runnable waiting);

    /** Lets those commits go on that wait, if any do. */
    void releaseCommits();

    /** Writes everything to segments that hold nothing in vain: no removal, no old version. */
    void compact(Progress progress);

    /**
     * Reads and checks all data again, from disk: what decays must not stay unnoticed until it is
     * needed. Damage is reported, not thrown.
     */
    void scrub(ScrubWatch watch);

    /**
     * Copies the state after the last visible commit to an empty directory, while writing goes on.
     *
     * @throws io.smilodon.engine.error.SmilodonException if a file is damaged, or the copy fails
     */
    BackupList backup(StorageDirectory target, Progress progress);

    StoreStatistics statistics();

    /** The file system that it lies on; empty in memory, or if that tells nothing. */
    default Optional<DiskSpace> diskSpace() {
        return Optional.empty();
    }

    /** Whether it takes writes. */
    StoreState state();

    /**
     * Names what is to be told, once, when the store is poisoned: on the thread that finds out, so
     * it must not wait. Told at once if that has happened already.
     */
    void onPoison(Runnable listener);

    @Override
    void close();
}
