package io.smilodon.engine.store;

import io.smilodon.engine.compaction.OutputRules;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.compaction.VersionFilter;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What the flush thread does: a frozen memtable becomes a segment, obsolete files are deleted. Not
 * thread-safe: owned by that thread, except {@link #hasWork} and the figures.
 */
final class TableFlusher {

    private final StorageDirectory directory;
    private final Manifest manifest;
    private final SegmentStore segments;
    private final LogRetention logs;
    private final Tables tables;
    private final LongSupplier horizon;
    private final List<String> obsolete = new ArrayList<>();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * @param horizon the oldest commit as of which there may be readers
     */
    TableFlusher(Files files, Tables tables, LongSupplier horizon) {
        this.directory = files.directory();
        this.manifest = files.manifest();
        this.segments = files.segments();
        this.logs = files.logs();
        this.tables = tables;
        this.horizon = horizon;
    }

    /**
     * Where memtables go.
     *
     * @param directory where obsolete files are deleted
     * @param manifest says what is live
     * @param segments makes the files
     * @param logs says which logs are obsolete
     */
    record Files(
            StorageDirectory directory,
            Manifest manifest,
            SegmentStore segments,
            LogRetention logs) {}

    boolean hasWork() {
        return !tables.current().frozen().isEmpty();
    }

    long flushes() {
        return flushes.sum();
    }

    long bytes() {
        return bytes.sum();
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

    private void flush(FrozenMemtable frozen) throws IOException {
        Failpoint.hit("flush.begun");
        VersionFilter filter = VersionFilter.flushing(horizon.getAsLong());
        Memtable table = frozen.table();
        boolean isStaying =
                table.isEmpty()
                        || !tables.current().levels().overlap(table.firstKey(), table.lastKey());
        List<Segment> made =
                segments.write(
                        () -> manifest.newFile(FileKind.SEGMENT),
                        table.versions(),
                        OutputRules.flush(filter, isStaying));
        List<ManifestChange> changes = new ArrayList<>();
        changes.add(new ManifestChange.Checkpointed(frozen.lastLsn()));
        changes.add(new ManifestChange.HistoryCut(filter.floor()));
        List<LogFile> done = logs.obsolete(manifest.state(), frozen.lastLsn());
        done.forEach(log -> changes.add(new ManifestChange.LogRemoved(log.number())));
        segments.install(manifest, made, changes);
        Failpoint.pass("flush.installed");
        tables.flushed(frozen, made, filter.floor());
        Failpoint.pass("flush.published");
        done.forEach(log -> obsolete.add(log.name()));
        flushes.increment();
        made.forEach(segment -> bytes.add(segment.file().bytes()));
    }

    /** Gives up log files that nobody needs any more. */
    void dropLogs() throws IOException {
        ManifestState state = manifest.state();
        List<LogFile> done = logs.obsolete(state, state.checkpointLsn());
        if (done.isEmpty()) {
            return;
        }
        List<ManifestChange> changes = new ArrayList<>();
        done.forEach(log -> changes.add(new ManifestChange.LogRemoved(log.number())));
        Failpoint.hit("retention.beforeEdit");
        manifest.append(changes);
        Failpoint.pass("retention.dropped");
        done.forEach(log -> obsolete.add(log.name()));
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
