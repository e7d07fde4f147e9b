package io.smilodon.engine.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The one door to the file system: a flat directory of files, each written by whoever created it
 * and by nobody else. Names are plain: no separators. Thread-safe.
 *
 * <p>What survives a crash: bytes of a file after {@link StorageFile#sync}, and the entry of a file
 * in the directory (created, renamed, deleted) after {@link #sync}. Nothing else is promised.
 */
public interface StorageDirectory extends AutoCloseable {

    /** The names of all files, sorted. */
    List<String> list() throws IOException;

    /** Creates a file for reading and writing; fails if there is one of that name. */
    StorageFile create(String name) throws IOException;

    /** Opens a file for reading. */
    StorageFile open(String name) throws IOException;

    /** Renames a file; one that has the new name is replaced, atomically. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /**
     * Gives a file, which must never be written again, a second name in another directory.
     *
     * @return false if these directories cannot share files: then it is to be copied
     */
    default boolean link(String name, StorageDirectory target) throws IOException {
        return false;
    }

    /** Whether it may run out of space before the memory of the process does. */
    default boolean isSpaceLimited() {
        return true;
    }

    /** How much can still be written, about; {@link Long#MAX_VALUE} if that is not known. */
    default long usableBytes() throws IOException {
        return Long.MAX_VALUE;
    }

    /** The file system that it lies on; empty if there is none, or it tells nothing. */
    default Optional<DiskSpace> diskSpace() {
        return Optional.empty();
    }

    /** Makes the directory's entries durable. */
    void sync() throws IOException;

    /**
     * Takes the directory for one store.
     *
     * @throws io.smilodon.engine.error.SmilodonException if another store of this or another
     *     process holds it
     */
    DirectoryLock lock() throws IOException;

    /** Where this is, for messages. */
    String description();

    @Override
    void close() throws IOException;
}
