package io.smilodon.engine.store;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.compaction.OutputRules;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * From files to tables: manifest, segments, log. What the log held beyond the checkpoint is written
 * to fresh, synced segments before anything is served: after a failed sync the system may show
 * bytes of the log that the disk does not have. Not thread-safe.
 */
final class Recovery {

    private final StorageDirectory directory;
    private final SegmentStore store;
    private final Poison poison;
    private final LongSupplier random;
    private final long memtableBytesMax;
    private final CommitTimes times;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> written = new ArrayList<>();
    private Memtable memtable = new Memtable();
    private Manifest manifest;

    Recovery(
            StorageDirectory directory,
            SegmentStore store,
            Poison poison,
            LongSupplier random,
            long memtableBytesMax,
            CommitTimes times) {
        this.directory = directory;
        this.store = store;
        this.poison = poison;
        this.random = random;
        this.memtableBytesMax = memtableBytesMax;
        this.times = times;
    }

    /**
     * A recovered store.
     *
     * @param manifest new, with no log in it
     * @param levels the segments
     * @param historyFloor the oldest commit as of which they can be read
     * @param lastLsn the last frame that counts; everything up to it is in the segments
     * @param report what was found
     */
    record Recovered(
            Manifest manifest,
            Levels levels,
            long historyFloor,
            long lastLsn,
            RecoveryReport report) {}

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
        StoreFiles.deleteOrphans(directory, ManifestState.EMPTY);
        Failpoint.hit("recovery.beforeFirstManifest");
        Manifest.Contents empty = new Manifest.Contents(random.getAsLong(), ManifestState.EMPTY);
        manifest = Manifest.start(directory, empty, random, poison);
        Failpoint.hit("recovery.firstManifest");
        return new Recovered(manifest, Levels.EMPTY, 0, 0, new RecoveryReport(0, Optional.empty()));
    }

    private Recovered reopen(Manifest.Contents contents) throws IOException {
        ManifestState state = contents.state();
        times.next(state.durableMillis());
        StoreFiles.requireAll(directory, state);
        StoreFiles.requireNoUnknownLog(directory, contents);
        UnknownSegments.requireAccounted(directory, contents);
        Failpoint.hit("recovery.filesCompared");
        requireReadable(contents);
        Failpoint.hit("recovery.accepted");
        StoreFiles.deleteOrphans(directory, state);
        Failpoint.hit("recovery.orphansDeleted");
        manifest = Manifest.start(directory, contents, random, poison);
        Failpoint.hit("recovery.manifestReplaced");
        LogReplay replay = new LogReplay(directory, contents, this::apply);
        long lastLsn = replay.run();
        Failpoint.hit("recovery.logRead");
        writeSegment();
        Failpoint.hit("recovery.tailWritten");
        checkpoint(state, lastLsn);
        Failpoint.hit("recovery.done");
        segments.addAll(written);
        written.clear();
        return new Recovered(
                manifest, Levels.of(segments), state.historyFloor(), lastLsn, replay.report());
    }

    /**
     * Reads everything before anything is changed: a directory that is refused stays as it is. So
     * the log is read twice; the memory for all of it at once may not be there.
     */
    private void requireReadable(Manifest.Contents contents) throws IOException {
        for (SegmentFile file : contents.state().segments().values()) {
            segments.add(
                    store.open(
                            file,
                            new FileHeader(
                                    FileKind.SEGMENT,
                                    contents.databaseId(),
                                    file.number(),
                                    file.salt())));
        }
        Failpoint.hit("recovery.segmentsOpened");
        new LogReplay(directory, contents, (writes, last) -> {}).run();
    }

    private void apply(NavigableMap<byte[], Optional<byte[]>> writes, Frame last)
            throws IOException {
        for (Map.Entry<byte[], Optional<byte[]>> write : writes.entrySet()) {
            memtable.add(write.getKey(), write.getValue(), last.lsn());
        }
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
                            OutputRules.flush(entry -> true)));
            memtable = new Memtable();
        }
    }

    private void checkpoint(ManifestState before, long lastLsn) throws IOException {
        if (before.logs().isEmpty()) {
            return;
        }
        List<ManifestChange> changes = new ArrayList<>();
        written.forEach(segment -> changes.add(new ManifestChange.SegmentAdded(segment.file())));
        changes.add(new ManifestChange.Checkpointed(lastLsn));
        changes.add(new ManifestChange.DurableUpTo(lastLsn, times.lastMillis()));
        before.logs().keySet().forEach(log -> changes.add(new ManifestChange.LogRemoved(log)));
        Failpoint.hit("recovery.beforeCheckpoint");
        manifest.append(changes);
        Failpoint.hit("recovery.checkpointed");
        for (var log : before.logs().values()) {
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
