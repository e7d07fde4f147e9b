package io.smilodon.index.text.lucene;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.ConcurrentMergeScheduler;

/**
 * Merges segments on threads of its own, so that nobody who searches or closes waits for a large
 * one. Who writes faster than can be merged waits. Thread-safe.
 */
final class BackgroundMerges extends ConcurrentMergeScheduler {

    /** One for large merges, one for the small ones meanwhile. */
    private static final int THREADS = 2;

    /** Merges that may be due before who writes has to wait. */
    private static final int DUE_MAX = 6;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    BackgroundMerges() {
        setMaxMergesAndThreads(DUE_MAX, THREADS);
        disableAutoIOThrottle();
    }

    /** Kept for the thread that owns the index: merge threads have nobody to tell. */
    @Override
    protected void handleMergeException(Throwable reason) {
        failure.compareAndSet(null, reason);
    }

    /**
     * Goes on if no merge has failed.
     *
     * @throws IOException what a merge failed with; once
     */
    void requireSuccess() throws IOException {
        Throwable reason = failure.getAndSet(null);
        if (reason != null) {
            throw new IOException("segments cannot be merged", reason);
        }
    }
}
