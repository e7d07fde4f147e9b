package io.smilodon.engine.log;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The latch that stops all writing after a failed sync. The system may have dropped the unsynced
 * pages and call the next sync a success, so there is no retry: only opening again, which rewrites
 * what had not been checkpointed. Thread-safe.
 */
public final class Poison {

    private final AtomicReference<Throwable> cause = new AtomicReference<>();
    private volatile Optional<Instant> since = Optional.empty();
    private final Queue<Runnable> listeners = new ConcurrentLinkedQueue<>();

    public void trip(Throwable reason) {
        if (cause.compareAndSet(null, reason)) {
            since = Optional.of(Instant.now());
            tell();
        }
    }

    /**
     * Names what is to be told once, on the thread that trips the latch, or now if it is tripped;
     * it must not wait.
     */
    public void onTrip(Runnable listener) {
        listeners.add(listener);
        if (isTripped()) {
            tell();
        }
    }

    /** Each listener is taken by one thread only. */
    private void tell() {
        for (Runnable next = listeners.poll(); next != null; next = listeners.poll()) {
            next.run();
        }
    }

    /** What makes something durable. */
    @FunctionalInterface
    public interface Durable {
        void sync() throws IOException;
    }

    /** Syncs; a failure trips the latch. */
    public void sync(Durable target) throws IOException {
        try {
            target.sync();
        } catch (IOException failure) {
            trip(failure);
            throw failure;
        }
    }

    public boolean isTripped() {
        return cause.get() != null;
    }

    /** When it tripped. */
    public Optional<Instant> since() {
        return since;
    }

    /** What refuses a write that has not been tried. */
    public Optional<SmilodonException> refusal() {
        return Optional.ofNullable(cause.get())
                .map(
                        reason ->
                                new SmilodonException(
                                                ErrorCode.SHUTDOWN_IN_PROGRESS,
                                                "The database is poisoned: writing stopped after a"
                                                        + " failed sync",
                                                Map.of("cause", String.valueOf(reason)),
                                                reason)
                                        .withHint("Close the database and open it again."));
    }

    /** Refuses what would need writing. */
    public void requireUntripped() {
        Optional<SmilodonException> refusal = refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** What a commit gets that was under way. */
    public static SmilodonException outcomeUnknown(Throwable reason) {
        return new SmilodonException(
                ErrorCode.COMMIT_UNKNOWN,
                "The commit may or may not have happened: the log could not be synced",
                Map.of("cause", String.valueOf(reason)),
                reason);
    }
}
