package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.AskedKeys;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.ScannedKinds;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes and opens segments. A new one is written under another name, synced, read back and checked,
 * renamed, and its entry in the directory synced: only then may the manifest name it. If any step
 * fails, the file is deleted and never used: a failed sync of it needs no more than that, since
 * what it was made from is still there. Thread-safe.
 */
public final class SegmentStore {

    public static final String TEMPORARY_SUFFIX = ".tmp";

    private final StorageDirectory directory;
    private final BlockCache cache;
    private final Poison poison;
    private final ScannedKinds scannedKinds = new ScannedKinds();
    private final AtomicReference<Consumer<Segment>> whenUnused =
            new AtomicReference<>(SegmentStore::closeNow);

    public SegmentStore(StorageDirectory directory, BlockCache cache, Poison poison) {
        this.directory = directory;
        this.cache = cache;
        this.poison = poison;
    }

    /** How many blocks of its segments have been asked for, about. */
    long blocksRead() {
        return cache.reads();
    }

    /** Of which keys the filters of new segments hold few. */
    public ScannedKinds scannedKinds() {
        return scannedKinds;
    }

    /** Who closes, and perhaps deletes, segments that nobody uses any more. */
    public void whenUnused(Consumer<Segment> receiver) {
        whenUnused.set(receiver);
    }

    /** From now on segments that nobody uses any more are only closed. */
    public void closeWhenUnused() {
        whenUnused.set(SegmentStore::closeNow);
    }

    private static void closeNow(Segment segment) {
        try {
            segment.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Segment open(SegmentFile file, FileHeader header) throws IOException {
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
     * Makes segments of those entries that are wanted. Nothing is left of them if that fails.
     *
     * @param headers gives each segment its number
     * @return ascending; none if no entry is wanted
     */
    public List<Segment> write(Supplier<FileHeader> headers, VersionWalk entries, OutputRules rules)
            throws IOException {
        SegmentOutputs outputs = new SegmentOutputs(this, headers, rules);
        try {
            int common = 0; // of the key and the last one that was wanted
            while (entries.advance()) {
                common = Math.min(common, entries.common());
                if (rules.isWanted().test(entries)) {
                    outputs.add(entries, common);
                    common = Integer.MAX_VALUE;
                }
            }
            outputs.finish();
        } catch (IOException | RuntimeException failure) {
            outputs.takeBack(failure);
            throw failure;
        }
        if (!outputs.made().isEmpty()) {
            syncNames(outputs);
        }
        return outputs.made();
    }

    private void syncNames(SegmentOutputs outputs) throws IOException {
        try {
            poison.sync(directory::sync);
            Failpoint.hit("segment.renameSynced");
        } catch (IOException failure) {
            outputs.takeBack(failure);
            throw failure;
        }
    }

    StorageFile create(FileHeader header) throws IOException {
        Failpoint.hit("segment.beforeCreate");
        return directory.create(temporaryName(header));
    }

    private static String temporaryName(FileHeader header) {
        return SegmentFile.name(header.fileNumber()) + TEMPORARY_SUFFIX;
    }

    /**
     * Gives a written and synced segment its name. Bit rot on the way to the disk must not get a
     * place in the manifest, so it is read back first.
     *
     * @param asked what is to be known of its keys
     */
    Segment finished(
            SegmentFile written, FileHeader header, StorageFile file, Optional<AskedKeys> asked)
            throws IOException {
        String name = temporaryName(header);
        try {
            file.close();
            Failpoint.hit("segment.written");
            Segment segment = open(written, header, name);
            try {
                segment.verify();
                asked.ifPresent(segment::learn);
                Failpoint.hit("segment.verified");
                directory.rename(name, written.name());
                name = written.name();
                Failpoint.hit("segment.renamed");
                return segment.renamed(directory.open(name));
            } catch (IOException | RuntimeException failure) {
                close(segment, failure);
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            delete(name, failure);
            throw failure;
        }
    }

    private static void close(Segment segment, Exception failure) {
        try {
            segment.close();
        } catch (IOException afterFailure) {
            failure.addSuppressed(afterFailure);
        }
    }

    /** Gives up a segment in the middle of writing it. */
    void abandon(FileHeader header, StorageFile file, Exception failure) {
        try {
            file.close();
        } catch (IOException afterFailure) {
            failure.addSuppressed(afterFailure);
        }
        delete(temporaryName(header), failure);
    }

    /** Closes and deletes segments that the manifest does not name. */
    void takeBack(List<Segment> made, Exception failure) {
        for (Segment segment : made) {
            close(segment, failure);
            if (!poison.isTripped()) {
                delete(segment.file().name(), failure);
            }
        }
    }

    /** Deletes what came of a failed attempt: else a full disk would fill with attempts. */
    private void delete(String name, Exception failure) {
        try {
            Failpoint.hit("segment.beforeTakingBack");
            if (directory.list().contains(name)) {
                directory.delete(name);
            }
            Failpoint.pass("segment.takenBack");
        } catch (IOException left) {
            failure.addSuppressed(left); // an orphan: the next opening deletes it
        }
    }

    /**
     * Makes a change of the manifest that adds new segments. If that certainly failed the segments
     * are taken back; if it is uncertain the store is poisoned.
     */
    public void install(Manifest manifest, List<Segment> made, List<ManifestChange> others)
            throws IOException {
        List<ManifestChange> changes = new ArrayList<>(others);
        made.forEach(segment -> changes.add(new ManifestChange.SegmentAdded(segment.file())));
        try {
            Failpoint.hit("segment.beforeInstall");
            manifest.append(changes);
            Failpoint.pass("segment.installed");
        } catch (IOException failure) {
            takeBack(made, failure);
            throw failure;
        }
    }
}
