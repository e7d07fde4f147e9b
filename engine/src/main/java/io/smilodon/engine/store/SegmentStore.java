package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentContext;
import io.smilodon.engine.segment.SegmentWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes and opens segments. A new one is written under another name, synced, read back and checked,
 * renamed, and its entry in the directory synced: only then may the manifest name it. Thread-safe.
 */
final class SegmentStore {

    static final String TEMPORARY_SUFFIX = ".tmp";

    private final StorageDirectory directory;
    private final BlockCache cache;
    private final Poison poison;
    private final AtomicReference<Consumer<Segment>> whenUnused =
            new AtomicReference<>(SegmentStore::closeNow);

    SegmentStore(StorageDirectory directory, BlockCache cache, Poison poison) {
        this.directory = directory;
        this.cache = cache;
        this.poison = poison;
    }

    /** Who closes, and perhaps deletes, segments that nobody uses any more. */
    void whenUnused(Consumer<Segment> receiver) {
        whenUnused.set(receiver);
    }

    /** From now on segments that nobody uses any more are only closed. */
    void closeWhenUnused() {
        whenUnused.set(SegmentStore::closeNow);
    }

    private static void closeNow(Segment segment) {
        try {
            segment.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Segment open(SegmentFile file, FileHeader header) throws IOException {
        return open(file, header, file.name());
    }

    private Segment open(SegmentFile file, FileHeader header, String name) throws IOException {
        SegmentContext context =
                new SegmentContext(header, cache, segment -> whenUnused.get().accept(segment));
        StorageFile storage = directory.open(name);
        try {
            return Segment.open(file, storage, context);
        } catch (IOException | RuntimeException failure) {
            storage.close();
            throw failure;
        }
    }

    /**
     * Makes a segment of those entries that are wanted.
     *
     * @return empty if none is
     */
    Optional<Segment> write(FileHeader header, EntryCursor entries, Predicate<EntryCursor> isWanted)
            throws IOException {
        String name = SegmentFile.name(header.fileNumber());
        String temporary = name + TEMPORARY_SUFFIX;
        Optional<SegmentFile> written;
        try {
            Failpoint.hit("segment.beforeCreate");
            written = writeAll(directory.create(temporary), header, entries, isWanted);
            Failpoint.hit("segment.written");
            if (written.isEmpty()) {
                directory.delete(temporary);
                Failpoint.hit("segment.emptyDeleted");
                return Optional.empty();
            }
            verify(written.get(), header, temporary);
            Failpoint.hit("segment.verified");
            directory.rename(temporary, name);
            Failpoint.pass("segment.renamed");
        } catch (IOException | RuntimeException failure) {
            delete(temporary, failure);
            throw failure;
        }
        poison.sync(directory::sync);
        Failpoint.pass("segment.renameSynced");
        return Optional.of(open(written.get(), header));
    }

    private static Optional<SegmentFile> writeAll(
            StorageFile created,
            FileHeader header,
            EntryCursor entries,
            Predicate<EntryCursor> isWanted)
            throws IOException {
        try (created) {
            SegmentWriter writer = new SegmentWriter(created, header);
            while (entries.advance()) {
                if (isWanted.test(entries)) {
                    writer.add(
                            entries.key(),
                            entries.sequence(),
                            entries.isRemoval() ? Optional.empty() : Optional.of(entries.value()));
                }
            }
            return writer.isEmpty() ? Optional.empty() : Optional.of(writer.finish());
        }
    }

    /** Deletes what came of a failed attempt: else a full disk would fill with attempts. */
    private void delete(String name, Exception failure) {
        try {
            Failpoint.hit("segment.beforeTakingBack");
            directory.delete(name);
            Failpoint.pass("segment.takenBack");
        } catch (IOException left) {
            failure.addSuppressed(left); // an orphan: the next opening deletes it
        }
    }

    /**
     * Makes a change of the manifest that adds a new segment, if there is one. If that certainly
     * failed the segment is taken back; if it is uncertain the store is poisoned.
     */
    void install(Manifest manifest, Optional<Segment> made, List<ManifestChange> others)
            throws IOException {
        List<ManifestChange> changes = new ArrayList<>(others);
        made.ifPresent(segment -> changes.add(new ManifestChange.SegmentAdded(segment.file())));
        try {
            Failpoint.hit("segment.beforeInstall");
            manifest.append(changes);
            Failpoint.pass("segment.installed");
        } catch (IOException failure) {
            if (made.isPresent()) {
                made.get().close();
                if (!poison.isTripped()) {
                    delete(made.get().file().name(), failure);
                }
            }
            throw failure;
        }
    }

    /** Bit rot on the way to the disk must not get a place in the manifest. */
    private void verify(SegmentFile file, FileHeader header, String name) throws IOException {
        Segment segment = open(file, header, name);
        try {
            segment.verify();
        } finally {
            segment.close();
        }
    }
}
