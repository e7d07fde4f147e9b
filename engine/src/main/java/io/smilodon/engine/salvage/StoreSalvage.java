package io.smilodon.engine.salvage;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.salvage.Loss.Commits;
import io.smilodon.engine.segment.SegmentDamage;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.segment.SegmentInspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what can be read of a damaged store, and knows what cannot. Writes nothing. The caller
 * holds the directory's lock. Not thread-safe.
 */
public final class StoreSalvage implements AutoCloseable {

    private final StorageDirectory directory;
    private final Progress progress;
    private final List<Loss> losses = new ArrayList<>();
    private final List<StorageFile> open = new ArrayList<>();
    private final List<SegmentInspection> segments = new ArrayList<>();
    private final LogRescue logs = new LogRescue(losses);

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
        Optional<Manifest.Contents> contents = readManifest();
        if (contents.isPresent()) {
            ManifestState state = contents.get().state();
            long done = 0;
            for (SegmentFile segment : state.segments().values()) {
                progress.at("read segments", done++, state.segments().size());
                inspect(segment, contents.get().databaseId());
            }
            progress.at("read segments", done, state.segments().size());
            for (LogFile log : state.logs().values()) {
                read(log, state);
            }
            readNewer(contents.get());
        } else {
            inspectUnknown();
        }
    }

    private Optional<Manifest.Contents> readManifest() throws IOException {
        String reason = "no such file";
        try {
            Optional<Manifest.Contents> contents = Manifest.read(directory);
            if (contents.isPresent()) {
                return contents;
            }
        } catch (SmilodonException damaged) {
            reason = found(damaged);
        }
        loseEdits(reason);
        return Optional.empty();
    }

    private void loseEdits(String reason) {
        losses.add(
                new Loss(
                        Manifest.NAME,
                        0,
                        0,
                        reason
                                + ": which files are live is not known, so what was removed may be"
                                + " back",
                        Optional.of(KeySpan.ALL),
                        Optional.of(new Commits(0, Long.MAX_VALUE))));
    }

    private static String found(SmilodonException failure) {
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

    private void read(LogFile log, ManifestState state) throws IOException {
        long last = log.seal().map(seal -> seal.lastLsn()).orElse(state.durableLsn());
        boolean isNeeded = last > state.checkpointLsn() || log.seal().isEmpty();
        if (!isNeeded && losses.isEmpty()) {
            return;
        }
        logs.begin(log.name(), state.checkpointLsn(), this::isLost);
        try (StorageFile file = directory.open(log.name())) {
            LogScan.run(file, log, state.durableLsn(), logs);
        } catch (IOException unreadable) {
            lose(
                    log.name(),
                    "cannot be read: " + unreadable,
                    new Commits(log.firstLsn(), Math.max(log.firstLsn(), last)));
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
                take(name, SegmentInspection.of(file, name), new Commits(0, Long.MAX_VALUE));
            } else if (name.endsWith(LogFile.SUFFIX)) {
                readUnknown(name);
            }
        }
    }

    /** Logs that the manifest should know, but does not, for its last edits are lost. */
    private void readNewer(Manifest.Contents contents) throws IOException {
        for (String name : directory.list()) {
            if (LogFile.isNewer(name, contents.state().nextNumber())
                    && hasFrames(name, contents.databaseId())) {
                loseEdits("lost edits, for it does not know " + name);
                readUnknown(name);
            }
        }
    }

    private boolean hasFrames(String name, long databaseId) throws IOException {
        try (StorageFile file = directory.open(name)) {
            if (!FileHeader.isWhole(file)) {
                return false;
            }
            FileHeader header = FileHeader.read(file, name, FileKind.LOG);
            return header.databaseId() == databaseId
                    && LogScan.firstLsn(file, header.salt()).isPresent();
        } catch (SmilodonException | IOException unreadable) {
            lose(name, String.valueOf(unreadable.getMessage()), new Commits(0, Long.MAX_VALUE));
            return false;
        }
    }

    private void readUnknown(String name) throws IOException {
        try (StorageFile file = directory.open(name)) {
            FileHeader header = FileHeader.read(file, name, FileKind.LOG);
            Optional<Long> first = LogScan.firstLsn(file, header.salt());
            if (first.isPresent()) {
                LogFile log =
                        new LogFile(
                                header.fileNumber(), header.salt(), first.get(), Optional.empty());
                logs.begin(name, 0, key -> true);
                LogScan.run(file, log, 0, logs);
            }
        } catch (SmilodonException | IOException unreadable) {
            lose(name, String.valueOf(unreadable.getMessage()), new Commits(0, Long.MAX_VALUE));
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
