package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.PinnableDirectory;
import io.smilodon.engine.file.SpaceWatchingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import java.io.IOException;
import java.util.Map;

/**
 * The directory of an open store, and what comes with it.
 *
 * @param directory reports a full disk to the guard
 * @param lock keeps others out
 * @param space watches for a full disk
 */
record StoreHome(PinnableDirectory directory, DirectoryLock lock, SpaceGuard space)
        implements AutoCloseable {

    /** Takes a directory for one store. */
    static StoreHome take(StorageDirectory directory, SpaceSettings settings) throws IOException {
        DirectoryLock lock = directory.lock();
        SpaceGuard space = new SpaceGuard(directory, settings);
        return new StoreHome(
                new PinnableDirectory(new SpaceWatchingDirectory(directory, space::exhausted)),
                lock,
                space);
    }

    /** What opens a store. */
    interface Opening {
        EmbeddedStore open() throws IOException;
    }

    /**
     * Opens; on a full disk once more, after the reserve has been given up: what was acknowledged
     * must not be out of reach for want of the space that its recovery takes.
     */
    EmbeddedStore open(Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (IOException failure) {
            if (!DiskFailure.isExhausted(failure)) {
                throw failure;
            }
            return opening.open();
        }
    }

    /** What is thrown when a directory does not do what a store needs. */
    static SmilodonException failure(String what, StorageDirectory directory, IOException failure) {
        return new SmilodonException(
                DiskFailure.isExhausted(failure)
                        ? ErrorCode.OUT_OF_DISK_SPACE
                        : ErrorCode.INTERNAL_ERROR,
                what,
                Map.of("directory", directory.description(), "cause", failure.toString()),
                failure);
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            lock.close();
        }
    }
}
