package io.smilodon.engine.compaction;

import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.ScannedKinds;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Levels, compaction and a manifest without the threads around them, so that every step is the
 * test's own. Flushing records its last commit as the checkpoint.
 */
final class CompactionBed implements CompactionTarget, AutoCloseable {

    static final CompactionPolicy TINY =
            new CompactionPolicy(new LevelZeroRules(2, 5, 1L << 40), 1_500, 3_000, 3);

    private static final long CACHE_BYTES = 20_000;

    private final StorageDirectory directory;
    private final Poison poison = new Poison();
    private final Manifest manifest;
    private final SegmentStore store;
    private final Compactor compactor;
    private Memtable table = new Memtable();
    private Levels levels = Levels.EMPTY;
    private long horizon;
    private long floor;
    private long forgotten;

    CompactionBed(StorageDirectory directory, long seed) throws IOException {
        this(directory, seed, TINY);
    }

    CompactionBed(StorageDirectory directory, long seed, CompactionPolicy policy)
            throws IOException {
        this(directory, seed, policy, CACHE_BYTES);
    }

    CompactionBed(StorageDirectory directory, long seed, CompactionPolicy policy, long cacheBytes)
            throws IOException {
        this(directory, seed, new CompactionRules(policy, 0, System::nanoTime), cacheBytes);
    }

    CompactionBed(StorageDirectory directory, long seed, CompactionRules rules, long cacheBytes)
            throws IOException {
        this.directory = directory;
        Manifest.Contents contents =
                Manifest.read(directory).orElse(new Manifest.Contents(7, ManifestState.EMPTY));
        this.manifest = Manifest.start(directory, contents, new Random(seed)::nextLong, poison);
        this.store = new SegmentStore(directory, new BlockCache(cacheBytes), poison);
        deleteOrphans(contents.state());
        List<Segment> segments = new ArrayList<>();
        for (SegmentFile file : contents.state().segments().values()) {
            segments.add(
                    store.open(
                            file,
                            manifest.expectedHeader(FileKind.SEGMENT, file.number(), file.salt())));
        }
        this.levels = Levels.of(segments);
        this.floor = contents.state().historyFloor();
        this.compactor = new Compactor(manifest, store, this, rules);
    }

    private void deleteOrphans(ManifestState state) throws IOException {
        List<String> live = state.segments().values().stream().map(SegmentFile::name).toList();
        for (String name : directory.list()) {
            if (name.contains(SegmentFile.SUFFIX) && !live.contains(name)) {
                directory.delete(name);
            }
        }
    }

    long checkpoint() {
        return manifest.state().checkpointLsn();
    }

    void add(byte[] key, Optional<byte[]> value, long sequence) {
        table.add(key, value, sequence);
    }

    /** Writes the memtable to level 0. */
    void flush() throws IOException {
        VersionFilter filter = VersionFilter.flushing(horizon);
        List<Segment> made =
                store.write(
                        () -> manifest.newFile(FileKind.SEGMENT),
                        table.versions(),
                        OutputRules.flush(filter, true));
        store.install(
                manifest,
                made,
                List.of(
                        new ManifestChange.Checkpointed(table.maxSequence()),
                        new ManifestChange.HistoryCut(filter.floor())));
        levels = levels.with(List.of(), made, 0);
        floor = Math.max(floor, filter.floor());
        table = new Memtable();
    }

    ScannedKinds scannedKinds() {
        return store.scannedKinds();
    }

    boolean hasMemory() {
        return !table.isEmpty();
    }

    boolean step() throws IOException {
        return compactor.step();
    }

    Compactor compactor() {
        return compactor;
    }

    void compactAll() throws IOException {
        boolean hasMore = true;
        while (hasMore) {
            hasMore = step();
        }
    }

    void moveHorizon(long sequence) {
        horizon = Math.max(horizon, sequence);
    }

    /** The oldest commit as of which reading must be right. */
    long oldest() {
        return Math.max(horizon, floor);
    }

    long forgotten() {
        return forgotten;
    }

    boolean isPoisoned() {
        return poison.isTripped();
    }

    @Override
    public Levels levels() {
        return levels;
    }

    @Override
    public long horizon() {
        return horizon;
    }

    @Override
    public void compacted(Change change) {
        levels = levels.with(change.removed(), change.added(), change.level());
        floor = Math.max(floor, change.floor());
        forgotten = Math.max(forgotten, change.forgotten());
        for (Segment segment : change.removed()) {
            if (!change.added().contains(segment)) {
                delete(segment);
            }
        }
    }

    private void delete(Segment segment) {
        try {
            segment.close();
            directory.delete(segment.file().name());
        } catch (IOException crash) {
            return; // the machine has stopped: the next operation says so
        }
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : levels.all()) {
            segment.close();
        }
        manifest.close();
    }
}
