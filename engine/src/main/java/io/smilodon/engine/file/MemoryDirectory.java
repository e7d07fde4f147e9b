package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A directory in memory; it lives as long as its object. Thread-safe. */
public final class MemoryDirectory implements StorageDirectory {

    private final Map<String, MemoryFile> files = new ConcurrentSkipListMap<>();
    private final AtomicBoolean locked = new AtomicBoolean();

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile create(String name) throws IOException {
        MemoryFile file = new MemoryFile();
        if (files.putIfAbsent(name, file) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return file;
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return existing(name);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        files.put(to, existing(from));
        files.remove(from);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        existing(name);
        files.remove(name);
    }

    private MemoryFile existing(String name) throws IOException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public boolean isSpaceLimited() {
        return false;
    }

    @Override
    public void sync() {}

    @Override
    public DirectoryLock lock() {
        if (!locked.compareAndSet(false, true)) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "The data directory is held by another open database",
                    Map.of("directory", description(), "pid", ProcessHandle.current().pid()));
        }
        return () -> locked.set(false);
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {}
}
