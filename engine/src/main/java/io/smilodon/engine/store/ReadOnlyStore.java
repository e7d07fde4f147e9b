package io.smilodon.engine.store;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.memtable.SlabPool;
import io.smilodon.engine.segment.BlockCache;
import io.smilodon.engine.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a store say, read without changing any: the log is replayed into memory only.
 * For checking. The caller holds the directory's lock. Thread-safe.
 */
public final class ReadOnlyStore implements AutoCloseable {

    private static final long CACHE_BYTES_MAX = 16L << 20;

    private final SegmentStore segments;
    private final Tables tables;

    private ReadOnlyStore(SegmentStore segments, Tables tables) {
        this.segments = segments;
        this.tables = tables;
    }

    /**
     * Reads what opening would recover.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the store could not be opened
     */
    public static ReadOnlyStore open(StorageDirectory directory) throws IOException {
        Optional<Manifest.Contents> found = Manifest.read(directory);
        if (found.isEmpty()) {
            StoreFiles.requireNone(directory);
        }
        Manifest.Contents contents = found.orElse(new Manifest.Contents(0, ManifestState.EMPTY));
        SegmentStore store =
                new SegmentStore(directory, new BlockCache(CACHE_BYTES_MAX), new Poison());
        List<Segment> segments = new ArrayList<>();
        try {
            for (SegmentFile file : contents.state().segments().values()) {
                segments.add(store.open(file, header(contents, file)));
            }
            SnapshotAges ageless = new SnapshotAges(RetentionSettings.MILLIS_MAX, () -> 0);
            Tables tables =
                    new Tables(
                            Levels.of(segments),
                            new Tables.Readable(contents.state().historyFloor(), 0),
                            ageless,
                            new SlabPool(0));
            LogReplay replay =
                    new LogReplay(
                            directory,
                            contents,
                            (writes, last) ->
                                    writes.forEach(
                                            write ->
                                                    tables.active()
                                                            .add(
                                                                    write.key(),
                                                                    write.value(),
                                                                    last.lsn())));
            tables.publish(replay.run());
            return new ReadOnlyStore(store, tables);
        } catch (IOException | RuntimeException failure) {
            for (Segment segment : segments) {
                segment.close();
            }
            throw failure;
        }
    }

    private static FileHeader header(Manifest.Contents contents, SegmentFile file) {
        return new FileHeader(FileKind.SEGMENT, contents.databaseId(), file.number(), file.salt());
    }

    /** The state after the last commit. */
    public Snapshot snapshot() {
        return new StoreSnapshot(tables.pin());
    }

    @Override
    public void close() {
        segments.closeWhenUnused();
        tables.close();
    }
}
