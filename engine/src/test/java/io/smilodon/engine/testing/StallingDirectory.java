package io.smilodon.engine.testing;

import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A directory in which, once asked to, the creation of some files waits: all but logs, if nothing
 * else is said. Thread-safe.
 */
public final class StallingDirectory extends ForwardingDirectory {

    private final Predicate<String> isMeant;
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean stalls;

    public StallingDirectory(StorageDirectory directory) {
        this(directory, name -> !name.endsWith(".log"));
    }

    /**
     * @param isMeant by the names of files
     */
    public StallingDirectory(StorageDirectory directory, Predicate<String> isMeant) {
        super(directory);
        this.isMeant = isMeant;
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
        if (stalls && isMeant.test(name)) {
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
