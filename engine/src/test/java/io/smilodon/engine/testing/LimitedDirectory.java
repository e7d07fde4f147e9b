package io.smilodon.engine.testing;

import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A directory on a disk of some size. A write that does not fit is done as far as it does; one of
 * which nothing fits fails as a full disk fails. Thread-safe.
 */
public final class LimitedDirectory extends ForwardingDirectory {

    private static final String FULL = "No space left on device";

    private final Map<String, Limited> files = new HashMap<>();
    private long capacity;

    public LimitedDirectory(StorageDirectory directory, long capacity) throws IOException {
        super(directory);
        this.capacity = capacity;
        for (String name : directory.list()) {
            try (StorageFile file = directory.open(name)) {
                files.put(name, new Limited(file, file.length()));
            }
        }
    }

    /** Makes the disk larger or smaller. */
    public synchronized void resize(long bytes) {
        capacity = bytes;
    }

    /** Makes the disk as large as what is on it. */
    public synchronized void fill() {
        capacity = used();
    }

    /** Bytes of all files. */
    public synchronized long used() {
        return files.values().stream().mapToLong(file -> file.length).sum();
    }

    /** Whether there is such a file. */
    public synchronized boolean contains(String name) {
        return files.containsKey(name);
    }

    @Override
    public boolean isSpaceLimited() {
        return true;
    }

    @Override
    public synchronized long usableBytes() {
        return Math.max(0, capacity - used());
    }

    @Override
    public synchronized StorageFile create(String name) throws IOException {
        Limited file = new Limited(super.create(name), 0);
        files.put(name, file);
        return file;
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        super.rename(from, to);
        files.put(to, files.remove(from));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        super.delete(name);
        files.remove(name);
    }

    /** A file whose growth is counted. */
    private final class Limited implements StorageFile {

        private final StorageFile file;
        private long length;

        Limited(StorageFile file, long length) {
            this.file = file;
            this.length = length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (LimitedDirectory.this) {
                long room = Math.max(0, length - position) + usableBytes();
                if (room <= 0 && source.hasRemaining()) {
                    throw new IOException(FULL);
                }
                int count = (int) Math.min(source.remaining(), room);
                ByteBuffer part = source.slice().limit(count);
                int written = file.write(part, position);
                source.position(source.position() + written);
                length = Math.max(length, position + written);
                return written;
            }
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long newLength) throws IOException {
            synchronized (LimitedDirectory.this) {
                file.truncate(newLength);
                length = Math.min(length, newLength);
            }
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
