package io.smilodon.engine.store;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.ChangeFeeds;
import io.smilodon.engine.feed.CommitSearch;
import io.smilodon.engine.feed.FeedSource;
import io.smilodon.engine.feed.FeedStart;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.DiskSpace;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.PinnableDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.CommitQueue;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.segment.BlockCache;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The store in this process: write-ahead log, memtable, immutable sorted segments, in one
 * directory, which may be in memory. Opening it recovers whatever the last stop left.
 *
 * <p>Thread-safe. Reading takes no lock; commits of all threads share the syncs of one log thread.
 */
public final class EmbeddedStore implements KeyValueStore {

    private final StoreHome home;
    private final PinnableDirectory directory;
    private final Poison poison = new Poison();
    private final RecoveryReport recovery;
    private final StoreLog logs;
    private final Manifest manifest;
    private final BlockCache cache;
    private final SegmentStore segments;
    private final Tables tables;
    private final History history;
    private final Upkeep upkeep;
    private final TableWriter writer;
    private final CommitQueue<CommitWrites> queue;
    private final Committer committer;
    private final ChangeFeeds feeds;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private EmbeddedStore(StoreHome home, StorageOptions options, StoreEnvironment environment)
            throws IOException {
        this.home = home;
        this.directory = home.directory();
        this.cache = new BlockCache(options.memory().blockCacheBytesMax());
        this.segments = new SegmentStore(directory, cache, poison);
        this.logs = new StoreLog(directory, poison, options, environment);
        Outcomes outcomes = new Outcomes(environment.clocks(), Outcomes.Bounds.DEFAULTS);
        Recovery.Recovered recovered =
                recovery(options.memory().memtableBytesMax(), environment, outcomes).run();
        this.recovery = recovered.report();
        this.manifest = recovered.manifest();
        this.tables = tables(recovered, options, environment);
        logs.beginTimes(recovery);
        FeedSource source =
                new FeedSource(directory, manifest, tables::visible, logs.times(), FeedChanges::of);
        this.history =
                History.of(
                        options.retention(),
                        environment.clocks(),
                        new CommitSearch(source),
                        tables::visible);
        this.upkeep =
                new Upkeep(
                        new TableFlusher.Files(directory, manifest, segments, logs.retention()),
                        new LiveLevels(tables, history),
                        poison,
                        new Upkeep.Settings(options, environment.nanoClock()));
        this.writer =
                new TableWriter(tables, outcomes, upkeep.pressure(), upkeep.maintenance()::wake);
        writer.refuse(home.space()::refusal);
        this.feeds = new ChangeFeeds(source);
        writer.onPublish(feeds::published);
        upkeep.onFlushed(this::flushed);
        upkeep.doNotWaitWhile(home.space()::isFull);
        logs.retention().dropFeedsWhile(home.space()::isFull);
        home.space().onFull(upkeep.maintenance()::makeRoom);
        startLog(recovered);
        this.queue = new CommitQueue<>(logs.committer(writer));
        this.committer = new Committer(tables, writer, queue, environment.clocks().nanos());
    }

    private void flushed() {
        home.space().wake();
        feeds.dropDeleted();
    }

    private Recovery recovery(
            long memtableBytesMax, StoreEnvironment environment, Outcomes outcomes) {
        Recovery.Settings settings =
                new Recovery.Settings(
                        environment.random(),
                        memtableBytesMax,
                        logs.times(),
                        logs.retention(),
                        outcomes);
        return new Recovery(directory, segments, poison, settings);
    }

    private static Tables tables(
            Recovery.Recovered recovered, StorageOptions options, StoreEnvironment environment) {
        return new Tables(
                recovered.levels(),
                new Tables.Readable(recovered.historyFloor(), recovered.lastLsn()),
                new SnapshotAges(
                        options.retention().snapshotMillisMax(), environment.clocks().nanos()),
                new SlabPool(options.memory().memtableBytesMax()));
    }

    private void startLog(Recovery.Recovered recovered) throws IOException {
        try {
            logs.start(recovered);
        } catch (IOException | RuntimeException failure) {
            segments.closeWhenUnused();
            tables.close();
            manifest.close();
            throw failure;
        }
    }

    /**
     * Opens the store in a directory, which the store closes when it is closed.
     *
     * @throws SmilodonException if another store holds the directory, if data that had been synced
     *     is damaged, or if a file has a newer format
     */
    public static EmbeddedStore open(StorageDirectory directory, StorageOptions options) {
        return open(directory, options, StoreEnvironment.real());
    }

    static EmbeddedStore open(
            StorageDirectory directory, StorageOptions options, StoreEnvironment environment) {
        try {
            return PrivateThread.call(
                    "smilodon-open", () -> openLocked(directory, options, environment));
        } catch (IOException failure) {
            throw StoreHome.failure("The database could not be opened", directory, failure);
        }
    }

    private static EmbeddedStore openLocked(
            StorageDirectory directory, StorageOptions options, StoreEnvironment environment)
            throws IOException {
        StoreHome home = StoreHome.take(directory, options.space());
        Failpoint.pass("open.locked");
        try {
            BackupList.requireNone(directory);
            EmbeddedStore store = home.open(() -> new EmbeddedStore(home, options, environment));
            home.space().start(store::reservableBytes);
            store.queue.start();
            store.upkeep.start();
            store.logs.startArchiving();
            Failpoint.pass("open.started");
            return store;
        } catch (IOException | RuntimeException | Error failure) {
            home.lock().close();
            throw failure;
        }
    }

    /** Kept logs count: a small store that keeps many needs room to give them up. */
    private long reservableBytes() {
        return tables.segmentBytes() + logs.keptStatistics().sealedBytes();
    }

    /** What opening found. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** Which commit happened when, as far as the kept log tells. */
    CommitTimes commitTimes() {
        return logs.times();
    }

    @Override
    public long id() {
        return manifest.databaseId();
    }

    @Override
    public Snapshot snapshot() {
        return new StoreSnapshot(tables.pin());
    }

    @Override
    public Snapshot snapshotAsOf(long sequence) {
        Tables.Pin now = tables.pin();
        try {
            history.requireKept(sequence, now);
            return new StoreSnapshot(new Tables.Pin(now.view(), sequence));
        } catch (RuntimeException refused) {
            now.view().release();
            throw refused;
        }
    }

    @Override
    public long sequenceAt(Instant instant) {
        return history.sequenceAt(instant);
    }

    @Override
    public FeedToken newest() {
        long sequence = tables.visible();
        Instant time = commitTimes().timeOf(sequence).orElse(Instant.EPOCH);
        return new FeedToken(sequence, time.toEpochMilli());
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return BufferedTransaction.begin(committer, options);
    }

    @Override
    public Optional<CommittedOutcome> outcome(IdempotencyKey key) {
        return committer.outcome(key);
    }

    @Override
    public long write(WriteBatch batch, SyncMode atLeast) {
        return committer.write(batch, atLeast);
    }

    @Override
    public ChangeFeed changes(FeedStart start) {
        return feeds.open(start);
    }

    @Override
    public void readByScans(byte[] prefix, boolean isScanned) {
        segments.scannedKinds().set(prefix, isScanned);
    }

    @Override
    public void checkpoint() {
        long failedBefore = upkeep.maintenance().failedFlushes();
        queue.freeze();
        upkeep.maintenance().ask(failedBefore);
        upkeep.maintenance().awaitFlushed(failedBefore);
    }

    @Override
    public void holdCommits(Runnable waiting) {
        queue.hold(waiting);
    }

    @Override
    public void releaseCommits() {
        queue.release();
    }

    /** Does what is due by the clock. */
    void tick() {
        tables.expireSnapshots();
    }

    /** Waits until nothing is to be compacted, or until that fails. */
    void awaitCompacted() {
        upkeep.awaitCompacted();
    }

    @Override
    public void compact(Progress progress) {
        checkpoint();
        upkeep.compactAll(progress);
    }

    @Override
    public void scrub(ScrubWatch watch) {
        new SegmentScrub(tables, watch).run();
    }

    @Override
    public BackupList backup(StorageDirectory target, Progress progress) {
        poison.requireUntripped();
        BackupSource source = new BackupSource(directory, manifest, durableCommit(), logs.times());
        try {
            return PrivateThread.call("smilodon-backup", () -> source.write(target, progress));
        } catch (IOException failure) {
            throw StoreHome.failure("The backup could not be written", target, failure);
        }
    }

    /** The last visible commit, after it and all before it have been synced. */
    private long durableCommit() {
        long sequence = tables.visible();
        if (!logs.syncsAlways() && sequence > manifest.state().checkpointLsn()) {
            try {
                queue.freeze();
            } catch (SmilodonException failure) {
                poison.requireUntripped();
                if (failure.code() != ErrorCode.OUT_OF_DISK_SPACE) {
                    throw failure;
                }
                // the old file has been synced; only the new one has no room
            }
        }
        return sequence;
    }

    @Override
    public StoreStatistics statistics() {
        TableView view = tables.current();
        return new StoreStatistics(
                tables.visible(),
                writer.commits(),
                logs.syncs(),
                logs.bytes(),
                view.memtableBytes(),
                view.levels().all().size(),
                tables.segmentBytes(),
                upkeep.flushStatistics(),
                upkeep.compactionStatistics(),
                cache.statistics(),
                logs.statistics(),
                tables.snapshots(),
                feeds.statistics(),
                logs.keptStatistics(),
                logs.archiveStatistics());
    }

    @Override
    public Optional<DiskSpace> diskSpace() {
        return directory.diskSpace();
    }

    @Override
    public StoreState state() {
        return poison.refusal()
                .map(refusal -> StoreState.poisoned(refusal, poison.since()))
                .or(home.space()::readOnlyState)
                .or(upkeep::readOnlyState)
                .orElse(StoreState.WRITABLE);
    }

    @Override
    public void onPoison(Runnable listener) {
        poison.onTrip(listener);
    }

    /**
     * Finishes what is queued, writes what is in memory to segments, and lets go of the directory.
     * Snapshots and cursors that are still open keep their files until they are closed.
     */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        upkeep.beginStop();
        queue.stop();
        feeds.close();
        Failpoint.pass("close.queueStopped");
        logs.stopArchiving();
        Failpoint.pass("close.archivingStopped");
        upkeep.stop();
        home.space().stop();
        Failpoint.pass("close.maintenanceStopped");
        try {
            PrivateThread.call("smilodon-close", this::release);
        } catch (IOException failure) {
            throw StoreHome.failure("The database could not be closed", directory, failure);
        }
    }

    private Void release() throws IOException {
        try (home;
                manifest;
                logs) {
            segments.closeWhenUnused();
            tables.close();
        }
        return null;
    }
}
