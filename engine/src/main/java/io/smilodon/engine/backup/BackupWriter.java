package io.smilodon.engine.backup;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileCopy;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a backup: segments linked or copied, each read and checked; the log up to the cut, and
 * sealed there; a manifest of just that; and, after all of it is durable, the list of files. Damage
 * in a file fails it: a backup must not pass on what is wrong. Not thread-safe.
 */
public final class BackupWriter {

    private final BackupCut cut;
    private final StorageDirectory source;
    private final StorageDirectory target;
    private final Progress progress;
    private final List<BackupFile> files = new ArrayList<>();
    private long done;
    private long total;

    private BackupWriter(
            BackupCut cut, StorageDirectory source, StorageDirectory target, Progress progress) {
        this.cut = cut;
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Writes a backup.
     *
     * @param target must be empty
     */
    public static BackupList write(
            BackupCut cut, StorageDirectory source, StorageDirectory target, Progress progress)
            throws IOException {
        return new BackupWriter(cut, source, target, progress).run();
    }

    private BackupList run() throws IOException {
        Failpoint.hit("backup.begin");
        ManifestState state = cut.contents().state();
        total = state.segments().values().stream().mapToLong(SegmentFile::bytes).sum();
        for (SegmentFile segment : state.segments().values()) {
            takeSegment(segment);
        }
        SortedMap<Long, LogFile> logs = new TreeMap<>();
        for (LogFile log : state.logs().values()) {
            if (isNeeded(log)) {
                logs.put(log.number(), takeLog(log));
            }
        }
        requireReached(logs);
        Failpoint.hit("backup.beforeManifest");
        writeManifest(state.cutAt(cut.sequence(), logs));
        BackupList list =
                new BackupList(
                        cut.contents().databaseId(),
                        cut.sequence(),
                        cut.time(),
                        files.stream().sorted(Comparator.comparing(BackupFile::name)).toList());
        writeList(list);
        progress.at("backup", total, total);
        return list;
    }

    private void read(long bytes) {
        done += bytes;
        progress.at("backup", Math.min(done, total), total);
    }

    private void takeSegment(SegmentFile segment) throws IOException {
        Failpoint.hit("backup.segment");
        try (StorageFile file = source.open(segment.name())) {
            FileHeader header =
                    new FileHeader(
                            FileKind.SEGMENT,
                            cut.contents().databaseId(),
                            segment.number(),
                            segment.salt());
            requireWhole(SegmentInspection.of(file, segment, header), segment.name());
            byte[] digest =
                    source.link(segment.name(), target)
                            ? FileCopy.digest(file, segment.bytes(), this::read)
                            : copy(file, segment.name(), segment.bytes());
            files.add(new BackupFile(segment.name(), segment.bytes(), digest));
        }
    }

    private static void requireWhole(SegmentInspection found, String name) {
        if (!found.damages().isEmpty()) {
            throw Corruption.at(
                    name, found.damages().get(0).offset(), found.damages().get(0).found());
        }
    }

    private byte[] copy(StorageFile file, String name, long bytes) throws IOException {
        try (StorageFile created = target.create(name)) {
            return FileCopy.copy(file, created, bytes, this::read);
        }
    }

    private boolean isNeeded(LogFile log) {
        boolean isBehind =
                log.seal().isPresent()
                        && log.seal().get().lastLsn() <= cut.contents().state().checkpointLsn();
        return !isBehind && log.firstLsn() <= cut.sequence();
    }

    /** Copies a log up to the cut, and says how it ends there. */
    private LogFile takeLog(LogFile log) throws IOException {
        Failpoint.hit("backup.log");
        try (StorageFile file = source.open(log.name())) {
            LogReader reader = new LogReader(file, log.salt());
            long last =
                    Math.min(
                            log.seal().map(LogSeal::lastLsn).orElse(cut.sequence()),
                            cut.sequence());
            for (long lsn = log.firstLsn(); lsn <= last; lsn++) {
                Optional<Frame> frame = reader.next(lsn);
                if (frame.isEmpty()) {
                    throw Corruption.atLsn(log.name(), reader.position(), lsn, "a damaged frame");
                }
            }
            LogSeal seal = new LogSeal(last, reader.position(), reader.rollingCrc());
            byte[] digest = copy(file, log.name(), seal.bytes());
            files.add(new BackupFile(log.name(), seal.bytes(), digest));
            return log.sealed(seal);
        }
    }

    private void requireReached(SortedMap<Long, LogFile> logs) {
        long reached =
                logs.isEmpty()
                        ? cut.contents().state().checkpointLsn()
                        : logs.get(logs.lastKey()).seal().orElseThrow().lastLsn();
        if (reached != cut.sequence()) {
            throw new AssertionError("the log ends at " + reached + ", not " + cut.sequence());
        }
    }

    private void writeManifest(ManifestState state) throws IOException {
        Manifest.Contents contents = new Manifest.Contents(cut.contents().databaseId(), state);
        SecureRandom random = new SecureRandom();
        Manifest.start(target, contents, random::nextLong, new Poison()).close();
        try (StorageFile file = target.open(Manifest.NAME)) {
            byte[] digest = FileCopy.digest(file, file.length(), bytes -> {});
            files.add(new BackupFile(Manifest.NAME, file.length(), digest));
        }
    }

    private void writeList(BackupList list) throws IOException {
        target.sync();
        Failpoint.hit("backup.beforeList");
        try (StorageFile file = target.create(BackupList.TEMPORARY_NAME)) {
            file.writeFully(ByteBuffer.wrap(list.encode()), 0);
            file.sync();
        }
        Failpoint.hit("backup.beforeListRename");
        target.rename(BackupList.TEMPORARY_NAME, BackupList.NAME);
        target.sync();
        Failpoint.hit("backup.end");
    }
}
