package io.smilodon.engine.store;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.CommitLog;
import io.smilodon.engine.log.CommitTarget;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.GroupCommitter;
import io.smilodon.engine.log.LogContext;
import io.smilodon.engine.log.LogOptions;
import io.smilodon.engine.log.LogStatistics;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The log of an open store: the file that commits go into, and the finished ones. Thread-safe once
 * it is started.
 */
final class StoreLog implements AutoCloseable {

    private final StorageDirectory directory;
    private final StorageOptions options;
    private final LogContext context;
    private final LogRetention retention;
    private Manifest manifest;
    private Optional<LogArchiver> archiver = Optional.empty();
    private CommitLog log;

    StoreLog(
            StorageDirectory directory,
            Poison poison,
            StorageOptions options,
            StoreEnvironment environment) {
        this.directory = directory;
        this.options = options;
        this.context =
                new LogContext(
                        logOptions(options, environment),
                        poison,
                        environment.clocks(),
                        new CommitTimes());
        this.retention =
                new LogRetention(
                        options, directory.isSpaceLimited(), context.times()::lastSequence);
    }

    private static LogOptions logOptions(StorageOptions options, StoreEnvironment environment) {
        return new LogOptions(
                options.log().syncMode().forcing(),
                TimeUnit.MILLISECONDS.toNanos(options.log().syncIntervalMillis()),
                environment.markDelayNanos(),
                options.log().fileBytesMax(),
                options.archive().place().isPresent()
                        ? TimeUnit.SECONDS.toNanos(options.archive().seconds())
                        : Long.MAX_VALUE,
                environment.framePayloadMax(),
                options.log().isAligned());
    }

    /** Which commit happened when. */
    CommitTimes times() {
        return context.times();
    }

    LogRetention retention() {
        return retention;
    }

    /**
     * After recovery: the last commit has the newest time that is known; a new store has now. Where
     * commits may have been lost, their numbers are given anew, so their times must not be.
     */
    void beginTimes(RecoveryReport report) {
        times().begin(report.lastSequence(), context.clocks().wallMillis());
        if (report.possibleLoss().isPresent()) {
            times().next(times().lastMillis() + 1);
        }
        retention.measure(times(), context.clocks());
    }

    /** Begins a file behind what was found. */
    void start(Recovery.Recovered found) throws IOException {
        manifest = found.manifest();
        ManifestChange.RunBegun run =
                new ManifestChange.RunBegun(
                        options.log().syncMode().forcing(),
                        options.log().syncMode() == SyncMode.INTERVAL
                                ? options.log().syncIntervalMillis()
                                : 0);
        archiver = options.archive().place().map(this::archiver);
        archiver.ifPresent(copying -> retention.archivedBy(copying::isSafe));
        log =
                CommitLog.start(
                        directory,
                        new ManifestLogHome(
                                manifest,
                                directory,
                                new ManifestLogHome.Opening(run, found.tail()),
                                this::finished),
                        context,
                        found.lastLsn() + 1);
    }

    private LogArchiver archiver(ArchiveSettings.Place place) {
        return new LogArchiver(place, directory, manifest, context.clocks().wallMillis());
    }

    private void finished() {
        archiver.ifPresent(LogArchiver::wake);
    }

    /** Begins to copy finished files to the archive. */
    void startArchiving() {
        archiver.ifPresent(LogArchiver::start);
    }

    /** After the last file has been finished: copies what is left. */
    void stopArchiving() {
        archiver.ifPresent(LogArchiver::stop);
    }

    /** What committing does. */
    <W> GroupCommitter<W> committer(CommitTarget<W> target) {
        return new GroupCommitter<>(log, target, context);
    }

    /** Whether whatever is visible is durable. */
    boolean syncsAlways() {
        return options.log().syncMode() == SyncMode.SYNC;
    }

    long syncs() {
        return log.syncs();
    }

    /** How much an opening would have to read. */
    long bytes() {
        ManifestState state = manifest.state();
        return log.bytes()
                + state.logs().values().stream()
                        .flatMap(file -> file.seal().stream())
                        .filter(seal -> seal.lastLsn() > state.checkpointLsn())
                        .mapToLong(seal -> seal.bytes())
                        .sum();
    }

    LogStatistics statistics() {
        return log.statistics();
    }

    KeptLogStatistics keptStatistics() {
        return KeptLogStatistics.of(manifest.state());
    }

    ArchiveStatistics archiveStatistics() {
        return archiver.map(LogArchiver::statistics).orElse(ArchiveStatistics.NONE);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
