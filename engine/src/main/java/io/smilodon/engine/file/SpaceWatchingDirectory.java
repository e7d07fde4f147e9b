package io.smilodon.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A directory that tells somebody whenever a write finds the disk full. Thread-safe. */
public final class SpaceWatchingDirectory extends ForwardingDirectory {

    private final Consumer<IOException> onExhausted;

    /**
     * @param onExhausted called on the thread that found out, before it hears of it itself
     */
    public SpaceWatchingDirectory(StorageDirectory directory, Consumer<IOException> onExhausted) {
        super(directory);
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
    public StorageFile create(String name) throws IOException {
        return new WatchedFile(watched(() -> super.create(name)));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        watched(
                () -> {
                    super.rename(from, to);
                    return true;
                });
    }

    @Override
    public void sync() throws IOException {
        watched(
                () -> {
                    super.sync();
                    return true;
                });
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
