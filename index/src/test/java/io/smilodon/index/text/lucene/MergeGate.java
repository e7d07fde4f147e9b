package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A directory in which no merge of Lucene's writes a file before it is opened. Thread-safe. */
final class MergeGate implements StorageDirectory {

    private final StorageDirectory directory;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    MergeGate(StorageDirectory directory) {
        this.directory = directory;
    }

    /** Whether a merge waits. */
    boolean isReached() {
        return reached.getCount() == 0;
    }

    void open() {
        opened.countDown();
    }

    @Override
    public StorageFile create(String name) throws IOException {
        if (Thread.currentThread().getName().contains("Merge")) {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
        }
        return directory.create(name);
    }

    // ---- As the directory does it

    @Override
    public List<String> list() throws IOException {
        return directory.list();
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
