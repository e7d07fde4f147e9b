package io.smilodon.engine.check;

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
import io.smilodon.engine.segment.SegmentDamage;
import io.smilodon.engine.segment.SegmentInspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks every byte of a store's files, and the files against each other, without changing
 * anything; goes on past what is damaged. The caller holds the directory's lock. Not thread-safe.
 */
public final class StoreChecker {

    private static final Pattern NUMBERED =
            Pattern.compile(
                    "\\d{12}(\\" + LogFile.SUFFIX + "|\\" + SegmentFile.SUFFIX + ")(\\.tmp)?");
    private static final Set<String> UNCHECKED = Set.of(Manifest.NAME, "LOCK", "OWNER");

    private final StorageDirectory directory;
    private final Progress progress;
    private final Findings findings = new Findings();
    private final Set<String> names;
    private long bytes;
    private long bytesDone;
    private long segments;
    private long blocks;
    private long entries;
    private long logs;
    private long frames;
    private long commits;

    private StoreChecker(StorageDirectory directory, Progress progress) throws IOException {
        this.directory = directory;
        this.progress = progress;
        this.names = new TreeSet<>(directory.list());
    }

    /** Reads everything. Fails only if the directory itself cannot be read. */
    public static CheckReport check(StorageDirectory directory, Progress progress)
            throws IOException {
        StoreChecker checker = new StoreChecker(directory, progress);
        checker.run();
        return checker.report();
    }

    private CheckReport report() {
        return new CheckReport(
                findings.kept(),
                findings.damages(),
                new StoreCounts(files(), bytes, segments, blocks, entries, logs, frames, commits));
    }

    private long files() {
        return names.stream().filter(StoreChecker::isOurs).count();
    }

    private static boolean isOurs(String name) {
        return NUMBERED.matcher(name).matches()
                || name.equals(Manifest.NAME)
                || name.equals(Manifest.TEMPORARY_NAME);
    }

    private void run() throws IOException {
        for (String name : names) {
            bytes += isOurs(name) ? length(name) : 0;
        }
        Optional<Manifest.Contents> contents = readManifest();
        if (contents.isPresent()) {
            requireNamed(contents.get().state());
            checkSegments(contents.get());
            long lastLsn = checkLogs(contents.get());
            checkUnnamed(contents.get(), lastLsn);
        } else {
            checkWithoutManifest();
        }
        progress.at("check", bytes, bytes);
    }

    private long length(String name) {
        try (StorageFile file = directory.open(name)) {
            return file.length();
        } catch (IOException unreadable) {
            findings.add(Finding.damage(name, "cannot be opened: " + unreadable));
            return 0;
        }
    }

    private void finished(String name) {
        bytesDone += length(name);
        progress.at("check", bytesDone, Math.max(bytes, bytesDone));
    }

    private Optional<Manifest.Contents> readManifest() throws IOException {
        if (!names.contains(Manifest.NAME)) {
            boolean isEmpty = UnknownFiles.any(directory).isEmpty();
            findings.add(
                    isEmpty
                            ? Finding.note(Manifest.NAME, "no such file: nothing is stored here")
                            : Finding.damage(Manifest.NAME, "no such file, yet there are others"));
            return Optional.empty();
        }
        try {
            Optional<Manifest.Contents> contents = Manifest.read(directory);
            noteTornEdit();
            finished(Manifest.NAME);
            return contents;
        } catch (SmilodonException damaged) {
            findings.add(Finding.of(damaged, Manifest.NAME));
        } catch (IOException unreadable) {
            findings.add(Finding.damage(Manifest.NAME, "cannot be read: " + unreadable));
        }
        return Optional.empty();
    }

    private void noteTornEdit() throws IOException {
        try (StorageFile file = directory.open(Manifest.NAME)) {
            FileHeader header = FileHeader.read(file, Manifest.NAME, FileKind.MANIFEST);
            LogFile edits = new LogFile(0, header.salt(), 1, Optional.empty());
            LogScan.End end = LogScan.end(file, edits, 0);
            if (end.isTorn()) {
                findings.add(
                        Finding.note(Manifest.NAME, "a torn last edit that had not been synced")
                                .at(end.bytes())
                                .lsn(end.nextLsn()));
            }
        }
    }

    private void requireNamed(ManifestState state) {
        for (String name : state.names()) {
            if (!names.contains(name)) {
                findings.add(Finding.damage(name, "no such file, yet the manifest names it"));
            }
        }
    }

    /** What has no place in the manifest, judged as an opening would. */
    private void checkUnnamed(Manifest.Contents contents, long lastLsn) {
        long newest = Math.max(lastLsn, contents.state().checkpointLsn());
        for (SegmentFile segment : contents.state().segments().values()) {
            newest = Math.max(newest, segment.maxSequence());
        }
        Set<String> others = new TreeSet<>(names);
        others.removeAll(contents.state().names());
        others.removeAll(UNCHECKED);
        List<String> left = new ArrayList<>();
        for (String name : others) {
            if (!isOurs(name)) {
                findings.add(Finding.note(name, "not a file of the store"));
            } else {
                refusal(name, contents, newest)
                        .ifPresentOrElse(findings::add, () -> left.add(name));
            }
        }
        String found =
                findings.damages() == 0
                        ? "a file that the manifest does not name: the next opening deletes it"
                        : "a file that the manifest does not name";
        left.forEach(name -> findings.add(Finding.note(name, found)));
    }

    /** Why an opening refuses to delete this file, if it does. */
    private Optional<Finding> refusal(String name, Manifest.Contents contents, long newest) {
        try {
            if (UnknownFiles.isForeign(directory, name, contents)) {
                return Optional.of(Finding.damage(name, "a file of another database"));
            }
            boolean isLost =
                    UnknownFiles.isWrittenLog(directory, name, contents)
                            || UnknownFiles.newestSequence(directory, name, contents) > newest;
            return isLost
                    ? Optional.of(
                            Finding.damage(
                                    name,
                                    "not in the manifest, which has lost edits, yet with data"))
                    : Optional.empty();
        } catch (SmilodonException unusable) {
            return Optional.of(Finding.of(unusable, name));
        } catch (IOException unreadable) {
            return Optional.of(Finding.damage(name, "cannot be read: " + unreadable));
        }
    }

    private void checkSegments(Manifest.Contents contents) {
        ManifestState state = contents.state();
        LevelCheck levels = new LevelCheck(findings);
        for (SegmentFile segment : state.segments().values()) {
            segments++;
            if (names.contains(segment.name())) {
                FileHeader header =
                        new FileHeader(
                                FileKind.SEGMENT,
                                contents.databaseId(),
                                segment.number(),
                                segment.salt());
                inspect(segment, header).ifPresent(found -> levels.add(segment, found));
            }
        }
        levels.finish(state.checkpointLsn());
    }

    private Optional<SegmentInspection> inspect(SegmentFile segment, FileHeader header) {
        try (StorageFile file = directory.open(segment.name())) {
            SegmentInspection found = SegmentInspection.of(file, segment, header);
            take(segment.name(), found);
            return Optional.of(found);
        } catch (IOException unreadable) {
            findings.add(Finding.damage(segment.name(), "cannot be read: " + unreadable));
            return Optional.empty();
        }
    }

    private void take(String name, SegmentInspection found) {
        for (SegmentDamage damage : found.damages()) {
            findings.add(
                    Finding.damage(name, damage.part() + ": " + damage.found())
                            .at(damage.offset())
                            .keys(damage.lost()));
        }
        blocks += found.blocks();
        entries += found.entries();
        finished(name);
    }

    /** The number of the last frame in the logs. */
    private long checkLogs(Manifest.Contents contents) throws IOException {
        ManifestState state = contents.state();
        LogCheck check =
                new LogCheck(directory, contents.databaseId(), state.durableLsn(), findings);
        check.run(state.logs().values(), state.checkpointLsn());
        logs = state.logs().size();
        frames = check.frames();
        commits = check.commits();
        return check.lastLsn();
    }

    /** Of each segment at least whether it is whole. */
    private void checkWithoutManifest() {
        for (String name : names) {
            if (name.endsWith(SegmentFile.SUFFIX) && NUMBERED.matcher(name).matches()) {
                segments++;
                try (StorageFile file = directory.open(name)) {
                    take(name, SegmentInspection.of(file, name));
                } catch (IOException unreadable) {
                    findings.add(Finding.damage(name, "cannot be read: " + unreadable));
                }
            }
        }
    }
}
