package io.smilodon.engine.testing;

import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A directory in which, once asked to, the creation of some files waits: those of one name, or all
 * but logs. Thread-safe.
 */
public final class StallingDirectory extends ForwardingDirectory {

    private final String only;
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean stalls;

    public StallingDirectory(StorageDirectory directory) {
        this(directory, "");
    }

    public StallingDirectory(StorageDirectory directory, String only) {
        super(directory);
        this.only = only;
    }

    private boolean isMeant(String name) {
        return only.isEmpty() ? !name.endsWith(".log") : name.equals(only);
    }

    public void stall() {
        stalls = true;
    }

    /** Waits until somebody waits to create a file. */
    public void awaitStalled() throws InterruptedException {
        stalled.await();
    }

    public void release() {
        stalls = false;
        released.countDown();
    }

    @Override
    public StorageFile create(String name) throws IOException {
        if (stalls && isMeant(name)) {
            stalled.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return super.create(name);
    }
}
