package io.smilodon.engine.store;

import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The file that holds space for bad times. It is of random bytes, so that no file system stores it
 * smaller than it is. Nothing depends on it: it may be missing or torn. Not thread-safe.
 */
final class SpaceReserve {

    static final String NAME = "RESERVE";
    static final String TEMPORARY_NAME = "RESERVE.tmp";

    private static final int CHUNK_BYTES = 256 << 10;

    private final StorageDirectory directory;

    SpaceReserve(StorageDirectory directory) {
        this.directory = directory;
    }

    /** How large it is; 0 if there is none. */
    long bytes() throws IOException {
        if (!directory.list().contains(NAME)) {
            return 0;
        }
        try (StorageFile file = directory.open(NAME)) {
            return file.length();
        }
    }

    /** How much can be written besides it. */
    long usableBytes() throws IOException {
        return directory.usableBytes();
    }

    /** Gives the space back. */
    void release() throws IOException {
        for (String name : directory.list()) {
            if (name.equals(NAME) || name.equals(TEMPORARY_NAME)) {
                Failpoint.hit("reserve.beforeDelete");
                directory.delete(name);
                Failpoint.pass("reserve.deleted");
            }
        }
    }

    /**
     * Takes space.
     *
     * @param kept how much is kept
     * @param more how much must be free besides
     * @param isVain whether it has become vain, so that it is given up at once
     * @throws IOException if there is not so much; then nothing is taken
     */
    void take(long kept, long more, BooleanSupplier isVain) throws IOException {
        release();
        Failpoint.hit("reserve.beforeCreate");
        try (StorageFile file = directory.create(TEMPORARY_NAME)) {
            Failpoint.hit("reserve.created");
            fill(file, kept + more, isVain);
            Failpoint.hit("reserve.filled");
            file.sync();
            file.truncate(kept);
            file.sync();
            Failpoint.hit("reserve.synced");
        } catch (IOException failure) {
            release();
            throw failure;
        }
        if (kept == 0) {
            directory.delete(TEMPORARY_NAME);
        } else {
            directory.rename(TEMPORARY_NAME, NAME);
            Failpoint.pass("reserve.renamed");
        }
    }

    private static void fill(StorageFile file, long bytes, BooleanSupplier isVain)
            throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        byte[] chunk = new byte[(int) Math.min(bytes, CHUNK_BYTES)];
        random.nextBytes(chunk);
        for (long at = 0; at < bytes; at += chunk.length) {
            if (isVain.getAsBoolean()) {
                throw new IOException("the space is needed for something else");
            }
            int count = (int) Math.min(chunk.length, bytes - at);
            file.writeFully(ByteBuffer.wrap(chunk, 0, count), at);
        }
    }
}
