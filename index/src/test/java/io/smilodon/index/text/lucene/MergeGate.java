package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A directory in which no merge of Lucene's writes a file before it is opened. Thread-safe. */
final class MergeGate extends ForwardingDirectory {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    MergeGate(StorageDirectory directory) {
        super(directory);
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
        return super.create(name);
    }
}
