package io.smilodon.engine.torture;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.SegmentProbe;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.ByteFiles;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.Random;
import java.util.function.Consumer;

/** One segment on disk, to be damaged in place. Not thread-safe. */
final class SegmentImage {

    private static final int KEYS_PER_COMMIT = 50;

    private final ByteFiles files;
    private final byte[] bytes;
    private final SegmentProbe probe;

    private SegmentImage(ByteFiles files) throws IOException {
        this.files = files;
        Manifest.Contents contents = Manifest.read(files).orElseThrow();
        SegmentFile file = contents.state().segments().values().iterator().next();
        FileHeader header =
                new FileHeader(FileKind.SEGMENT, contents.databaseId(), file.number(), file.salt());
        this.bytes = files.bytes(file.name());
        this.probe = new SegmentProbe(files, file, header);
    }

    /**
     * A segment whose entries follow from one seed and whose ids from another.
     *
     * @param commits each has fifty keys
     */
    static SegmentImage of(long contentSeed, long idSeed, int commits) throws IOException {
        Random random = new Random(contentSeed);
        boolean packs = random.nextBoolean();
        return made(
                idSeed,
                store -> {
                    for (int commit = 0; commit < commits; commit++) {
                        store.write(batch(random, packs));
                    }
                });
    }

    /** As {@link #of}, with entries all of the same size, so that many blocks are. */
    static SegmentImage even(long contentSeed, long idSeed, int commits) throws IOException {
        Random random = new Random(contentSeed);
        return made(
                idSeed,
                store -> {
                    for (int commit = 0; commit < commits; commit++) {
                        store.write(evenBatch(random, commit));
                    }
                });
    }

    private static WriteBatch evenBatch(Random random, int commit) {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < KEYS_PER_COMMIT; number++) {
            byte[] value = new byte[100];
            random.nextBytes(value);
            int key = commit * KEYS_PER_COMMIT + number;
            batch.put(new byte[] {1, (byte) (key >> 8), (byte) key}, value);
        }
        return batch;
    }

    private static SegmentImage made(long idSeed, Consumer<EmbeddedStore> load) throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        SeededStores.Tuning tuning = new SeededStores.Tuning(idSeed, Long.MAX_VALUE, 1 << 20);
        try (EmbeddedStore store = SeededStores.open(directory, StorageOptions.DEFAULTS, tuning)) {
            load.accept(store);
            store.checkpoint();
            DiskState state = directory.state();
            return new SegmentImage(ByteFiles.of(state.image(change -> true)));
        }
    }

    private static WriteBatch batch(Random random, boolean packs) {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < KEYS_PER_COMMIT; number++) {
            byte[] key = new byte[4 + random.nextInt(12)];
            random.nextBytes(key);
            key[0] = 1;
            byte[] value = new byte[random.nextInt(120)];
            if (!packs) {
                random.nextBytes(value);
            }
            batch.put(key, value);
        }
        return batch;
    }

    ByteFiles files() {
        return files;
    }

    byte[] bytes() {
        return bytes;
    }

    SegmentProbe probe() {
        return probe;
    }
}
