package io.smilodon.engine.salvage;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.UnknownFiles;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestHistory;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.salvage.Loss.Commits;
import io.smilodon.engine.segment.SegmentDamage;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.segment.SegmentInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads what can be read of a damaged store, and knows what cannot. Writes nothing. The caller
 * holds the directory's lock. Not thread-safe.
 */
public final class StoreSalvage implements AutoCloseable {

    private static final String TORN = "a torn end, of which nothing shows that it had been synced";

    private static final String NOT_TORN =
            "a damaged end, which had been synced before the next log";

    private static final Commits EVERY_COMMIT = new Commits(0, Long.MAX_VALUE);

    private final StorageDirectory directory;
    private final Progress progress;
    private final List<Loss> losses = new ArrayList<>();
    private final List<StorageFile> open = new ArrayList<>();
    private final List<SegmentInspection> segments = new ArrayList<>();
    private final LogRescue logs = new LogRescue(losses);
    private final LogSpans spans = new LogSpans();
    private long newestUnnamed;

    private StoreSalvage(StorageDirectory directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Is handed the newest version of each key that can be read. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * @param isSuspect whether a newer version, or a removal, may be among what is lost
         */
        void value(byte[] key, byte[] value, boolean isSuspect);
    }

    /** Reads all files once, to see what is wrong with them. */
    public static StoreSalvage open(StorageDirectory directory, Progress progress)
            throws IOException {
        StoreSalvage salvage = new StoreSalvage(directory, progress);
        try {
            salvage.inspect();
            return salvage;
        } catch (IOException | RuntimeException failure) {
            salvage.close();
            throw failure;
        }
    }

    private void inspect() throws IOException {
        Optional<ManifestHistory> history = readManifest();
        if (history.isPresent()) {
            inspectKnown(history.get());
        } else {
            inspectUnknown();
        }
    }

    private Optional<ManifestHistory> readManifest() throws IOException {
        String reason = "no such file";
        try {
            Optional<ManifestHistory> history = ManifestHistory.read(directory);
            if (history.isPresent()) {
                return history;
            }
            if (UnknownFiles.any(directory).isEmpty()) {
                losses.add(remark(Manifest.NAME, reason + ": nothing is stored here"));
                return history;
            }
        } catch (SmilodonException damaged) {
            reason = found(damaged);
        }
        losses.add(
                new Loss(
                        Manifest.NAME,
                        0,
                        0,
                        reason
                                + ": which files are live is not known, so what was removed may be"
                                + " back",
                        Optional.of(KeySpan.ALL),
                        Optional.of(EVERY_COMMIT)));
        return Optional.empty();
    }

    private void inspectKnown(ManifestHistory history) throws IOException {
        Manifest.Contents contents = history.contents();
        ManifestState state = contents.state();
        long done = 0;
        for (SegmentFile segment : state.segments().values()) {
            progress.at("read segments", done++, state.segments().size());
            inspect(segment, contents.databaseId());
        }
        progress.at("read segments", done, state.segments().size());
        UnnamedFiles unnamed = new UnnamedFiles(directory, history);
        Optional<String> trace = unnamed.traceOfLostEdits();
        if (trace.isPresent()) {
            inspectUnnamed(unnamed, contents);
        }
        for (LogFile log : state.logs().values()) {
            read(log, state);
        }
        if (trace.isPresent()) {
            for (String name : unnamed.logs()) {
                readUnnamed(name, contents, unnamed.isOfEarlierRun(name));
            }
            loseEdits(trace.get(), state.checkpointLsn());
        }
    }

    /**
     * What lost edits cost. Each commit after the checkpoint is in a log that is here, or else only
     * in segments: then what it removed may have been dropped from them since, while an older
     * version that it hid is still in a file that should be gone.
     */
    private void loseEdits(String trace, long checkpointLsn) {
        Optional<Commits> missing = spans.missing(checkpointLsn, newestUnnamed);
        losses.add(
                new Loss(
                        Manifest.NAME,
                        0,
                        0,
                        missing.isPresent()
                                ? trace + ": what was removed meanwhile may be back"
                                : trace,
                        missing.map(commits -> KeySpan.ALL),
                        missing));
    }

    static String found(SmilodonException failure) {
        return String.valueOf(failure.details().getOrDefault("found", failure.getMessage()));
    }

    private void inspect(SegmentFile segment, long databaseId) throws IOException {
        Commits commits = new Commits(segment.minSequence(), segment.maxSequence());
        if (!directory.list().contains(segment.name())) {
            lose(segment.name(), "no such file", commits);
            return;
        }
        FileHeader header =
                new FileHeader(FileKind.SEGMENT, databaseId, segment.number(), segment.salt());
        try {
            StorageFile file = directory.open(segment.name());
            open.add(file);
            take(segment.name(), SegmentInspection.of(file, segment, header), commits);
        } catch (IOException unreadable) {
            lose(segment.name(), "cannot be read: " + unreadable, commits);
        }
    }

    private void lose(String file, String what, Commits commits) {
        losses.add(new Loss(file, 0, 0, what, Optional.of(KeySpan.ALL), Optional.of(commits)));
    }

    /** What costs neither keys nor commits. */
    private static Loss remark(String file, String what) {
        return new Loss(file, 0, 0, what, Optional.empty(), Optional.empty());
    }

    private void take(String name, SegmentInspection found, Commits commits) {
        for (SegmentDamage damage : found.damages()) {
            losses.add(
                    new Loss(
                            name,
                            damage.offset(),
                            damage.bytes(),
                            damage.part() + ": " + damage.found(),
                            damage.lost(),
                            damage.lost().map(span -> commits)));
        }
        segments.add(found);
    }

    private void inspectUnnamed(UnnamedFiles unnamed, Manifest.Contents contents) {
        for (String name : unnamed.segments()) {
            try {
                if (!UnknownFiles.isForeign(directory, name, contents)) {
                    StorageFile file = directory.open(name);
                    open.add(file);
                    nameUnnamed(name, unnamed.isOfEarlierRun(name), contents);
                    takeUnnamed(name, SegmentInspection.of(file, name));
                }
            } catch (SmilodonException | IOException unreadable) {
                lose(name, String.valueOf(unreadable.getMessage()), EVERY_COMMIT);
            }
        }
    }

    private void takeUnnamed(String name, SegmentInspection found) {
        Commits commits =
                found.sequences()
                        .map(range -> new Commits(range[0], range[1]))
                        .orElse(EVERY_COMMIT);
        newestUnnamed =
                Math.max(newestUnnamed, found.sequences().map(range -> range[1]).orElse(0L));
        take(name, found, commits);
    }

    private void nameUnnamed(String name, boolean isOfEarlierRun, Manifest.Contents contents) {
        String what = "a file that the manifest does not name, read all the same";
        if (isOfEarlierRun) {
            Commits before = new Commits(0, contents.state().checkpointLsn());
            lose(name, what + ": what was removed may be back", before);
        } else {
            losses.add(remark(name, what));
        }
    }

    private void read(LogFile log, ManifestState state) throws IOException {
        long last = log.seal().map(seal -> seal.lastLsn()).orElse(state.durableLsn());
        boolean isNeeded = last > state.checkpointLsn() || log.seal().isEmpty();
        if (!isNeeded && losses.isEmpty()) {
            return;
        }
        logs.begin(log.name(), state.checkpointLsn(), this::isLost);
        try (StorageFile file = directory.open(log.name())) {
            LogScan.End end = LogScan.run(file, log, state.durableLsn(), logs);
            scanned(log, end);
        } catch (IOException unreadable) {
            String what = "cannot be read: " + unreadable;
            if (isNeeded || logs.isAnyLost()) {
                lose(log.name(), what, new Commits(log.firstLsn(), Math.max(log.firstLsn(), last)));
            } else {
                losses.add(remark(log.name(), what));
            }
            if (log.seal().isEmpty()) {
                spans.addAbsent(log.firstLsn());
            }
        }
    }

    private void scanned(LogFile log, LogScan.End end) throws IOException {
        spans.add(log.firstLsn(), end.nextLsn() - 1);
        if (end.isTorn()) {
            tellOfEnd(log.name(), log.number(), end.nextLsn());
        }
    }

    /** A log is finished and synced before the file of the next one is made. */
    private void tellOfEnd(String name, long number, long firstLost) throws IOException {
        boolean isFollowed =
                directory.list().stream().anyMatch(other -> LogFile.isNewer(other, number + 1));
        if (isFollowed) {
            lose(name, NOT_TORN, new Commits(firstLost, Long.MAX_VALUE));
        } else {
            losses.add(remark(name, TORN));
        }
    }

    private boolean isLost(byte[] key) {
        return losses.stream().anyMatch(loss -> loss.mayHold(key));
    }

    /** Without a manifest every file that looks like one of ours is read. */
    private void inspectUnknown() throws IOException {
        for (String name : directory.list()) {
            if (name.endsWith(SegmentFile.SUFFIX)) {
                StorageFile file = directory.open(name);
                open.add(file);
                take(name, SegmentInspection.of(file, name), EVERY_COMMIT);
            } else if (name.endsWith(LogFile.SUFFIX)) {
                readUnknown(name);
            }
        }
    }

    private void readUnnamed(String name, Manifest.Contents contents, boolean isOfEarlierRun)
            throws IOException {
        try (StorageFile file = directory.open(name)) {
            boolean isOurs =
                    file.length() > FileHeader.BYTES
                            && !UnknownFiles.isForeign(directory, name, contents);
            if (!isOurs || isBlank(file)) {
                return;
            }
        } catch (SmilodonException | IOException unreadable) {
            lose(name, String.valueOf(unreadable.getMessage()), EVERY_COMMIT);
            return;
        }
        if (readUnknown(name)) {
            nameUnnamed(name, isOfEarlierRun, contents);
        }
    }

    /** A new file may have got its length and not yet its header when the machine stopped. */
    private static boolean isBlank(StorageFile file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FileHeader.BYTES);
        file.readFully(header, 0);
        return Arrays.equals(header.array(), new byte[FileHeader.BYTES]);
    }

    /** Whether it has anything. */
    private boolean readUnknown(String name) throws IOException {
        try (StorageFile file = directory.open(name)) {
            FileHeader header = FileHeader.read(file, name, FileKind.LOG);
            Optional<Long> first = LogScan.firstLsn(file, header.salt());
            if (first.isPresent()) {
                LogFile log =
                        new LogFile(
                                header.fileNumber(), header.salt(), first.get(), Optional.empty());
                logs.begin(name, 0, key -> true);
                scanned(log, LogScan.run(file, log, 0, logs));
                return true;
            }
            boolean isTorn = new LogReader(file, header.salt()).hasRest();
            if (isTorn) {
                tellOfEnd(name, header.fileNumber(), 0);
            }
            return isTorn;
        } catch (SmilodonException | IOException unreadable) {
            lose(name, String.valueOf(unreadable.getMessage()), EVERY_COMMIT);
            return true;
        }
    }

    /** Everything that cannot be read. */
    public List<Loss> losses() {
        return List.copyOf(losses);
    }

    /**
     * Hands over the newest version of each key, ascending, without the store's own keys, without
     * what was removed and without what carries a retired prefix.
     */
    public void forEach(Receiver receiver) {
        NewestVersions versions = new NewestVersions(segments, logs.newest());
        versions.forEach(
                (key, entry) ->
                        receiver.value(
                                key,
                                entry.value().orElseThrow(),
                                isSuspect(key, entry.sequence())));
    }

    private boolean isSuspect(byte[] key, long sequence) {
        return losses.stream().anyMatch(loss -> loss.mayHide(key, sequence));
    }

    @Override
    public void close() throws IOException {
        for (StorageFile file : open) {
            file.close();
        }
    }
}
