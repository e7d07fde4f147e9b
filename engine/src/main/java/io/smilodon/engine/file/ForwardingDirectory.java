package io.smilodon.engine.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Does what another directory does, unless a subclass does it otherwise. Thread-safe. */
public abstract class ForwardingDirectory implements StorageDirectory {

    private final StorageDirectory directory;

    protected ForwardingDirectory(StorageDirectory directory) {
        this.directory = directory;
    }

    @Override
    public List<String> list() throws IOException {
        return directory.list();
    }

    @Override
    public StorageFile create(String name) throws IOException {
        return directory.create(name);
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return directory.open(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        directory.rename(from, to);
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
    public long usableBytes() throws IOException {
        return directory.usableBytes();
    }

    @Override
    public Optional<DiskSpace> diskSpace() {
        return directory.diskSpace();
    }

    @Override
    public void sync() throws IOException {
        directory.sync();
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
}
