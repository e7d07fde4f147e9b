package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of the maintenance thread: a frozen memtable becomes a segment, segments become one.
 * Not thread-safe: owned by that thread, except {@link #hasWork}.
 */
final class TableFlusher {

    private final StorageDirectory directory;
    private final Manifest manifest;
    private final SegmentStore segments;
    private final Tables tables;
    private final SegmentMerger merger;
    private final List<String> obsolete = new ArrayList<>();

    TableFlusher(
            StorageDirectory directory,
            Manifest manifest,
            SegmentStore segments,
            Tables tables,
            int segmentCountMax) {
        this.directory = directory;
        this.manifest = manifest;
        this.segments = segments;
        this.tables = tables;
        this.merger = new SegmentMerger(manifest, segments, tables, segmentCountMax);
    }

    boolean hasWork() {
        return !tables.current().frozen().isEmpty() || merger.isDue();
    }

    /** Makes a segment of the oldest frozen memtable, if there is one. */
    boolean flush() throws IOException {
        List<FrozenMemtable> frozen = tables.current().frozen();
        if (frozen.isEmpty()) {
            return false;
        }
        flush(frozen.get(frozen.size() - 1));
        return true;
    }

    /** Merges segments, if there are too many. */
    boolean merge() throws IOException {
        if (!merger.isDue()) {
            return false;
        }
        merger.merge();
        return true;
    }

    private void flush(FrozenMemtable frozen) throws IOException {
        Failpoint.hit("flush.begun");
        Optional<Segment> made = Optional.empty();
        if (!frozen.table().isEmpty()) {
            made =
                    segments.write(
                            manifest.newFile(FileKind.SEGMENT),
                            frozen.table().cursor(EntryScan.all()),
                            entry -> true);
        }
        List<ManifestChange> changes = new ArrayList<>();
        changes.add(new ManifestChange.Checkpointed(frozen.lastLsn()));
        changes.add(new ManifestChange.DurableUpTo(frozen.lastLsn()));
        List<LogFile> done = logsUpTo(manifest.state(), frozen.lastLsn());
        done.forEach(log -> changes.add(new ManifestChange.LogRemoved(log.number())));
        segments.install(manifest, made, changes);
        Failpoint.pass("flush.installed");
        tables.flushed(frozen, made.map(List::of).orElse(List.of()));
        Failpoint.pass("flush.published");
        done.forEach(log -> obsolete.add(log.name()));
    }

    private static List<LogFile> logsUpTo(ManifestState state, long lsn) {
        return state.logs().values().stream()
                .filter(log -> log.seal().isPresent() && log.seal().get().lastLsn() <= lsn)
                .toList();
    }

    /** Closes a segment that nobody uses; its file is obsolete if the manifest has dropped it. */
    void close(Segment segment) {
        if (!manifest.state().segments().containsKey(segment.file().number())) {
            obsolete.add(segment.file().name());
        }
        try {
            segment.close();
        } catch (IOException afterReading) {
            return; // of a file that was only read nothing can be lost
        }
    }

    /** Deletes what the manifest has dropped; what cannot be deleted now is tried again. */
    void deleteObsolete() {
        obsolete.removeIf(this::isDeleted);
    }

    private boolean isDeleted(String name) {
        try {
            Failpoint.hit("flush.beforeDelete");
            directory.delete(name);
            Failpoint.pass("flush.deleted");
            return true;
        } catch (IOException later) {
            return false; // an orphan at worst: the next opening deletes it
        }
    }
}
