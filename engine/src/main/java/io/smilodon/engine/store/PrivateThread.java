package io.smilodon.engine.store;

import io.smilodon.engine.ThreadEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs what writes files on a thread that nobody can interrupt: an interrupt inside a channel's
 * call would close the channel. Thread-safe.
 */
final class PrivateThread {

    private PrivateThread() {}

    /** What is to be run. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException;
    }

    /** Runs the task and waits; an interrupt is kept until the end. */
    static <T> T call(String name, Task<T> task) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform().name(name).daemon().unstarted(() -> complete(result, task));
        thread.start();
        ThreadEnd.await(thread);
        try {
            return result.join();
        } catch (CompletionException failure) {
            throw unwrapped(failure);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Task<T> task) {
        try {
            result.complete(task.run());
        } catch (IOException failure) {
            result.completeExceptionally(new UncheckedIOException(failure));
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    private static IOException unwrapped(CompletionException failure) throws IOException {
        Throwable cause = failure.getCause();
        if (cause instanceof UncheckedIOException io) {
            return io.getCause();
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        throw new AssertionError(cause);
    }
}
