package io.smilodon.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** A directory that tells somebody whenever a write finds the disk full. Thread-safe. */
public final class SpaceWatchingDirectory implements StorageDirectory {

    private final StorageDirectory directory;
    private final Consumer<IOException> onExhausted;

    /**
     * @param onExhausted called on the thread that found out, before it hears of it itself
     */
    public SpaceWatchingDirectory(StorageDirectory directory, Consumer<IOException> onExhausted) {
        this.directory = directory;
        this.onExhausted = onExhausted;
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T watched(Change<T> change) throws IOException {
        try {
            return change.make();
        } catch (IOException failure) {
            if (DiskFailure.isExhausted(failure)) {
                onExhausted.accept(failure);
            }
            throw failure;
        }
    }

    @Override
    public List<String> list() throws IOException {
        return directory.list();
    }

    @Override
    public StorageFile create(String name) throws IOException {
        return new WatchedFile(watched(() -> directory.create(name)));
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return directory.open(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        watched(
                () -> {
                    directory.rename(from, to);
                    return true;
                });
    }

    @Override
    public void delete(String name) throws IOException {
        directory.delete(name);
    }

    @Override
    public boolean link(String name, StorageDirectory target) throws IOException {
        return directory.link(name, target);
    }

    @Override
    public boolean isSpaceLimited() {
        return directory.isSpaceLimited();
    }

    @Override
    public void sync() throws IOException {
        watched(
                () -> {
                    directory.sync();
                    return true;
                });
    }

    @Override
    public DirectoryLock lock() throws IOException {
        return directory.lock();
    }

    @Override
    public String description() {
        return directory.description();
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    private final class WatchedFile implements StorageFile {

        private final StorageFile file;

        WatchedFile(StorageFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return watched(() -> file.write(source, position));
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public void sync() throws IOException {
            watched(
                    () -> {
                        file.sync();
                        return true;
                    });
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
