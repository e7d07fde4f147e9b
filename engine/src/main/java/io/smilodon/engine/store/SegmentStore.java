package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentContext;
import io.smilodon.engine.segment.SegmentWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final AtomicReference<Consumer<Segment>> whenUnused =
            new AtomicReference<>(SegmentStore::closeNow);

    SegmentStore(StorageDirectory directory, BlockCache cache) {
        this.directory = directory;
        this.cache = cache;
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
        Optional<SegmentFile> written = Optional.empty();
        try (StorageFile file = directory.create(temporary)) {
            SegmentWriter writer = new SegmentWriter(file, header);
            while (entries.advance()) {
                if (isWanted.test(entries)) {
                    writer.add(
                            entries.key(),
                            entries.sequence(),
                            entries.isRemoval() ? Optional.empty() : Optional.of(entries.value()));
                }
            }
            written = writer.isEmpty() ? written : Optional.of(writer.finish());
        }
        if (written.isEmpty()) {
            directory.delete(temporary);
            return Optional.empty();
        }
        verify(written.get(), header, temporary);
        directory.rename(temporary, name);
        directory.sync();
        return Optional.of(open(written.get(), header));
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
