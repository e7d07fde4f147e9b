package io.smilodon.engine.testing;

import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files to read, each an array, that can be replaced at no cost. Not thread-safe. */
public final class ByteFiles implements StorageDirectory {

    private final Map<String, byte[]> files = new TreeMap<>();

    /** The files of an image. */
    public static ByteFiles of(DiskImage image) {
        ByteFiles made = new ByteFiles();
        image.names().forEach(name -> made.put(name, image.bytes(name)));
        return made;
    }

    /** Puts a file there; the array is not copied. */
    public void put(String name, byte[] content) {
        files.put(name, content);
    }

    public byte[] bytes(String name) {
        return files.get(name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile open(String name) throws IOException {
        byte[] content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteFile(content);
    }

    @Override
    public StorageFile create(String name) {
        throw readOnly();
    }

    @Override
    public void rename(String from, String to) {
        throw readOnly();
    }

    @Override
    public void delete(String name) {
        throw readOnly();
    }

    @Override
    public void sync() {
        throw readOnly();
    }

    @Override
    public DirectoryLock lock() {
        return () -> {};
    }

    @Override
    public String description() {
        return "bytes";
    }

    @Override
    public void close() {}

    private static AssertionError readOnly() {
        return new AssertionError("these files are only read");
    }

    private record ByteFile(byte[] content) implements StorageFile {

        @Override
        public int read(ByteBuffer target, long position) {
            if (position >= content.length) {
                return -1;
            }
            int count = (int) Math.min(target.remaining(), content.length - position);
            target.put(content, (int) position, count);
            return count;
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw readOnly();
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void truncate(long length) {
            throw readOnly();
        }

        @Override
        public void sync() {
            throw readOnly();
        }

        @Override
        public void close() {}
    }
}
