package io.smilodon.index.text.lucene;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedStart;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StoreState;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.store.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A store that remembers where feeds began, and of which the end of a feed is never reached while
 * {@link #beforeEnd} writes. Thread-safe if that is.
 */
final class WatchedStore implements KeyValueStore {

    private final KeyValueStore store;
    private final Runnable beforeEnd;
    private final List<FeedStart> starts = new CopyOnWriteArrayList<>();

    /**
     * @param beforeEnd done whenever a feed has nothing more
     */
    WatchedStore(KeyValueStore store, Runnable beforeEnd) {
        this.store = store;
        this.beforeEnd = beforeEnd;
    }

    List<FeedStart> starts() {
        return List.copyOf(starts);
    }

    @Override
    public long id() {
        return store.id();
    }

    @Override
    public ChangeFeed changes(FeedStart start) {
        starts.add(start);
        return new Feed(store.changes(start));
    }

    private final class Feed implements ChangeFeed {

        private final ChangeFeed feed;

        private Feed(ChangeFeed feed) {
            this.feed = feed;
        }

        @Override
        public Optional<ChangeBatch> poll() {
            Optional<ChangeBatch> batch = feed.poll();
            if (batch.isPresent()) {
                return batch;
            }
            beforeEnd.run();
            return feed.poll();
        }

        @Override
        public Optional<ChangeBatch> next(Duration timeout) {
            return feed.next(timeout);
        }

        @Override
        public FeedToken token() {
            return feed.token();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    // ---- As the store does it

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public Snapshot snapshotAsOf(long sequence) {
        return store.snapshotAsOf(sequence);
    }

    @Override
    public long sequenceAt(Instant instant) {
        return store.sequenceAt(instant);
    }

    @Override
    public FeedToken newest() {
        return store.newest();
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return store.begin(options);
    }

    @Override
    public Optional<CommittedOutcome> outcome(IdempotencyKey key) {
        return store.outcome(key);
    }

    @Override
    public long write(WriteBatch batch, SyncMode atLeast) {
        return store.write(batch, atLeast);
    }

    @Override
    public void readByScans(byte[] prefix, boolean isScanned) {
        store.readByScans(prefix, isScanned);
    }

    @Override
    public void checkpoint() {
        store.checkpoint();
    }

    @Override
    public void holdCommits(Runnable waiting) {
        store.holdCommits(waiting);
    }

    @Override
    public void releaseCommits() {
        store.releaseCommits();
    }

    @Override
    public void compact(Progress progress) {
        store.compact(progress);
    }

    @Override
    public void scrub(ScrubWatch watch) {
        store.scrub(watch);
    }

    @Override
    public BackupList backup(StorageDirectory target, Progress progress) {
        return store.backup(target, progress);
    }

    @Override
    public StoreStatistics statistics() {
        return store.statistics();
    }

    @Override
    public StoreState state() {
        return store.state();
    }

    @Override
    public void onPoison(Runnable listener) {
        store.onPoison(listener);
    }

    @Override
    public void close() {
        store.close();
    }
}
