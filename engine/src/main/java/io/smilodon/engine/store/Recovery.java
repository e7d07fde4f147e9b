package io.smilodon.engine.store;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.compaction.OutputRules;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.MergingCursor;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * From files to tables: manifest, segments, log. After a kill or a failed sync the system may show
 * what the disk does not have: the last edit of the manifest, the end of the log. So nothing that
 * an older manifest names is deleted before a new one is durable, and nothing is made of the log's
 * end before that is in a file of its own, which is durable and known. What the log held beyond the
 * checkpoint is then written to fresh segments. Not thread-safe.
 */
final class Recovery {

    private final StorageDirectory directory;
    private final SegmentStore store;
    private final Poison poison;
    private final LongSupplier random;
    private final long memtableBytesMax;
    private final CommitTimes times;
    private final LogRetention logs;
    private final Outcomes outcomes;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> written = new ArrayList<>();
    private Memtable memtable = new Memtable();
    private Manifest manifest;

    Recovery(StorageDirectory directory, SegmentStore store, Poison poison, Settings settings) {
        this.directory = directory;
        this.store = store;
        this.poison = poison;
        this.random = settings.random();
        this.memtableBytesMax = settings.memtableBytesMax();
        this.times = settings.times();
        this.logs = settings.logs();
        this.outcomes = settings.outcomes();
    }

    /**
     * How it is done.
     *
     * @param random ids of files
     * @param memtableBytesMax how much of the log is held in memory at a time
     * @param times is told when commits happened
     * @param logs says whether the log's history is kept
     * @param outcomes learn what the store holds
     */
    record Settings(
            LongSupplier random,
            long memtableBytesMax,
            CommitTimes times,
            LogRetention logs,
            Outcomes outcomes) {}

    /**
     * A recovered store.
     *
     * @param manifest new; the only unfinished log in it is the tail
     * @param levels the segments
     * @param historyFloor the oldest commit as of which they can be read
     * @param tail with its seal, which the manifest is to learn together with the log that follows:
     *     until then the store counts as not closed; empty if it had been
     * @param report what was found
     */
    record Recovered(
            Manifest manifest,
            Levels levels,
            long historyFloor,
            Optional<LogFile> tail,
            RecoveryReport report) {

        /** The last frame that counts; everything up to it is in the segments. */
        long lastLsn() {
            return report.lastSequence();
        }
    }

    Recovered run() throws IOException {
        try {
            Failpoint.hit("recovery.begun");
            Optional<Manifest.Contents> contents = Manifest.read(directory);
            Failpoint.hit("recovery.manifestRead");
            return contents.isPresent() ? reopen(contents.get()) : create();
        } catch (IOException | RuntimeException failure) {
            closeAll();
            throw failure;
        }
    }

    private Recovered create() throws IOException {
        StoreFiles.requireNone(directory);
        Failpoint.hit("recovery.nothingFound");
        StoreFiles.deleteTemporaries(directory);
        Failpoint.hit("recovery.beforeFirstManifest");
        Manifest.Contents empty = new Manifest.Contents(random.getAsLong(), ManifestState.EMPTY);
        manifest = Manifest.start(directory, empty, random, poison);
        Failpoint.hit("recovery.firstManifest");
        return new Recovered(
                manifest,
                Levels.EMPTY,
                0,
                Optional.empty(),
                new RecoveryReport(true, SyncMode.SYNC, 0, 0, Optional.empty(), Optional.empty()));
    }

    /** Nothing is changed before all that must be read has been read and found to be good. */
    private Recovered reopen(Manifest.Contents contents) throws IOException {
        ManifestState state = contents.state();
        StoreFiles.requireAll(directory, state);
        StoreFiles.requireNoUnknownLog(directory, contents);
        UnknownSegments.requireAccounted(directory, contents);
        Failpoint.hit("recovery.filesCompared");
        for (SegmentFile file : state.segments().values()) {
            segments.add(store.open(file, header(contents, file)));
        }
        Failpoint.hit("recovery.segmentsOpened");
        Memtable recent = new Memtable();
        LogReplay check =
                new LogReplay(
                        directory,
                        contents,
                        (writes, last) -> addOutcomes(recent, writes, last.lsn()));
        long lastLsn = check.run();
        loadOutcomes(recent);
        Failpoint.hit("recovery.accepted");
        restoreTimes(state);
        replaceManifest(contents);
        boolean isClean = state.logs().values().stream().allMatch(log -> log.seal().isPresent());
        Optional<LogFile> tail = rewriteTail(state, lastLsn);
        if (!isClean || lastLsn > state.checkpointLsn()) {
            Manifest.Contents safe = new Manifest.Contents(contents.databaseId(), manifest.state());
            new LogReplay(directory, safe, this::apply).run();
            writeSegment();
            Failpoint.hit("recovery.tailWritten");
            checkpoint(lastLsn);
        }
        Failpoint.hit("recovery.done");
        segments.addAll(written);
        written.clear();
        RecoveryReport report = report(state, isClean, lastLsn, check);
        return new Recovered(manifest, Levels.of(segments), state.historyFloor(), tail, report);
    }

    /** What was read may be only in memory: not before it is durable is anything deleted. */
    private void replaceManifest(Manifest.Contents contents) throws IOException {
        StoreFiles.deleteTemporaries(directory);
        Failpoint.hit("recovery.temporariesDeleted");
        ManifestState taking = contents.state().taking(1);
        manifest =
                Manifest.start(
                        directory,
                        new Manifest.Contents(contents.databaseId(), taking),
                        random,
                        poison);
        Failpoint.hit("recovery.manifestReplaced");
        StoreFiles.deleteOrphans(directory, taking);
        Failpoint.hit("recovery.orphansDeleted");
    }

    private static void addOutcomes(Memtable recent, SortedWrites writes, long sequence) {
        for (Write write : writes) {
            if (!ReservedKeys.isReserved(write.key())) {
                return;
            }
            if (ReservedKeys.isOutcome(write.key())) {
                recent.add(write.key(), write.value(), sequence);
            }
        }
    }

    /**
     * @param recent those in the log
     */
    private void loadOutcomes(Memtable recent) {
        Levels levels = Levels.of(segments);
        outcomes.load(
                scan -> {
                    List<EntryCursor> sources = new ArrayList<>();
                    sources.add(recent.cursor(scan));
                    levels.addCursors(scan, sources);
                    return new MergingCursor(sources, scan);
                });
    }

    private static FileHeader header(Manifest.Contents contents, SegmentFile file) {
        return new FileHeader(FileKind.SEGMENT, contents.databaseId(), file.number(), file.salt());
    }

    /** Of files that are not read again only the last commit's time is known. */
    private void restoreTimes(ManifestState state) {
        times.restoring(state.checkpointLsn());
        for (LogFile log : state.logs().values()) {
            log.seal()
                    .filter(seal -> seal.lastMillis() > 0)
                    .filter(seal -> seal.lastLsn() <= state.checkpointLsn())
                    .ifPresent(seal -> times.record(seal.lastLsn(), seal.lastMillis()));
        }
        times.next(state.durableMillis());
    }

    private RecoveryReport report(
            ManifestState state, boolean isClean, long lastLsn, LogReplay replay) {
        SyncMode mode = SyncMode.of(state.run().forcing());
        Optional<RecoveryReport.PossibleLoss> loss = Optional.empty();
        if (!isClean && mode != SyncMode.SYNC) {
            OptionalLong bound =
                    mode == SyncMode.INTERVAL
                            ? OptionalLong.of(state.run().intervalMillis())
                            : OptionalLong.empty();
            Instant time =
                    times.timeOf(times.lastSequence())
                            .orElseGet(() -> Instant.ofEpochMilli(times.lastMillis()));
            loss = Optional.of(new RecoveryReport.PossibleLoss(lastLsn, time, bound));
        }
        return new RecoveryReport(
                isClean, mode, replay.commits(), lastLsn, replay.tornTail(), loss);
    }

    private void apply(SortedWrites writes, Frame last) throws IOException {
        memtable.addAll(writes, last.lsn());
        times.record(last.lsn(), last.millis());
        if (memtable.bytes() >= memtableBytesMax) {
            writeSegment();
        }
    }

    private void writeSegment() throws IOException {
        if (!memtable.isEmpty()) {
            written.addAll(
                    store.write(
                            () -> manifest.newFile(FileKind.SEGMENT),
                            memtable.versions(),
                            OutputRules.flush(entry -> true, true)));
            memtable = new Memtable();
        }
    }

    /**
     * Writes the good part of an unfinished log to a file of its own and lets the manifest name it
     * instead. That one is not sealed there before another follows it: if this opening is cut
     * short, the next one has to know that the store was not closed.
     *
     * @param before the state that was found, whose next number has been taken since
     * @return the file, with its seal; empty if all files are finished
     */
    private Optional<LogFile> rewriteTail(ManifestState before, long lastLsn) throws IOException {
        Optional<LogFile> unfinished =
                before.logs().values().stream().filter(log -> log.seal().isEmpty()).findAny();
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        LogFile old = unfinished.get();
        FileHeader header =
                new FileHeader(
                        FileKind.LOG,
                        manifest.databaseId(),
                        before.nextNumber(),
                        random.getAsLong());
        LogSeal end = LogTail.rewrite(directory, old, lastLsn, header);
        poison.sync(directory::sync);
        Failpoint.hit("recovery.tailSynced");
        LogFile tail =
                new LogFile(header.fileNumber(), header.salt(), old.firstLsn(), Optional.empty());
        manifest.append(
                List.of(
                        new ManifestChange.LogRemoved(old.number()),
                        new ManifestChange.LogBegun(tail),
                        new ManifestChange.DurableUpTo(lastLsn, end.lastMillis())));
        Failpoint.hit("recovery.tailNamed");
        delete(List.of(old));
        if (lastLsn <= before.checkpointLsn()) {
            times.record(lastLsn, end.lastMillis()); // it is not replayed
        }
        return Optional.of(tail.sealed(end));
    }

    private void checkpoint(long lastLsn) throws IOException {
        List<ManifestChange> changes = new ArrayList<>();
        written.forEach(segment -> changes.add(new ManifestChange.SegmentAdded(segment.file())));
        changes.add(new ManifestChange.Checkpointed(lastLsn));
        changes.add(new ManifestChange.DurableUpTo(lastLsn, times.lastMillis()));
        List<LogFile> ended = ended();
        ended.forEach(log -> changes.add(new ManifestChange.LogRemoved(log.number())));
        Failpoint.hit("recovery.beforeCheckpoint");
        manifest.append(changes);
        Failpoint.hit("recovery.checkpointed");
        delete(ended);
    }

    /** The finished files that are no longer needed once everything is in segments. */
    private List<LogFile> ended() {
        return manifest.state().logs().values().stream()
                .filter(log -> log.seal().isPresent() && !logs.keepsHistory())
                .toList();
    }

    private void delete(List<LogFile> ended) throws IOException {
        for (LogFile log : ended) {
            Failpoint.hit("recovery.beforeLogDeleted");
            directory.delete(log.name());
            Failpoint.hit("recovery.logDeleted");
        }
    }

    private void closeAll() throws IOException {
        written.addAll(segments);
        for (Segment segment : written) {
            segment.close();
        }
        if (manifest != null) {
            manifest.close();
        }
    }
}
