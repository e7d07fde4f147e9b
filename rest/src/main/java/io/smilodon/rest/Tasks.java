package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs that outlast a request. One runs at a time and a few wait; the last hundred can be asked
 * about. Closing gives up what waits, cancels what runs where it next tells of its progress, and
 * waits for it for a limited time. Thread-safe.
 */
final class Tasks implements AutoCloseable {

    /** How many may wait while one runs. */
    static final int WAITING_MAX = 16;

    private static final int REMEMBERED_MAX = 100;
    private static final long CLOSE_MILLIS_MAX = TimeUnit.SECONDS.toMillis(10);

    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.MILLISECONDS,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("smilodon-task").daemon().factory());
    private final long closeMillisMax;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<String, Task> tasks =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Task> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    Tasks() {
        this(CLOSE_MILLIS_MAX);
    }

    Tasks(long closeMillisMax) {
        this.closeMillisMax = closeMillisMax;
    }

    /** A job that tells how far it has come. */
    @FunctionalInterface
    interface Job {

        void run(Task task);
    }

    /** One job and how far it has come. Thread-safe. */
    static final class Task {

        private final String id;
        private final String what;
        private volatile String state = "waiting";
        private volatile boolean isCancelled;
        private volatile String step = "";
        private volatile long done;
        private volatile long total;
        private volatile Document result = Document.EMPTY;
        private volatile Optional<Problem> failure = Optional.empty();

        private Task(String id, String what) {
            this.id = id;
            this.what = what;
        }

        String id() {
            return id;
        }

        /**
         * Tells how far it has come.
         *
         * @throws SmilodonException if it has been cancelled
         */
        void progress(String current, long doneNow, long totalNow) {
            requireGoing();
            step = current;
            done = doneNow;
            total = totalNow;
        }

        private void requireGoing() {
            if (isCancelled) {
                throw new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The server has been closed");
            }
        }

        /** Tells what came of it. */
        void result(Document outcome) {
            result = outcome;
        }

        Document document() {
            DocumentBuilder document =
                    Document.builder()
                            .put("id", id)
                            .put("task", what)
                            .put("state", state)
                            .put("step", step)
                            .put("done", done)
                            .put("total", total);
            if (!result.isEmpty()) {
                document.put("result", result);
            }
            failure.ifPresent(problem -> document.put("error", problem.body()));
            return document.build();
        }

        private void run(Job job) {
            state = "running";
            try {
                requireGoing();
                job.run(this);
                state = "done";
            } catch (SmilodonException e) {
                failed(Problem.of(e));
            } catch (RuntimeException | Error bug) {
                failed(Problem.ofHttp(500, "The server has made a mistake", "see its log"));
                throw bug;
            }
        }

        private void failed(Problem problem) {
            failure = Optional.of(problem);
            state = "failed";
        }
    }

    /**
     * Starts a job, or has it wait for those before it.
     *
     * @throws SmilodonException {@code ConflictingOperationInProgress} if too many wait; {@code
     *     ShutdownInProgress} once this is closed
     */
    Task start(String what, Job job) {
        Task task = new Task(Long.toString(nextId.getAndIncrement()), what);
        try {
            worker.execute(() -> task.run(job));
        } catch (RejectedExecutionException full) {
            throw worker.isShutdown() ? closed() : tooMany();
        }
        synchronized (tasks) {
            tasks.put(task.id, task);
        }
        return task;
    }

    private static SmilodonException closed() {
        return new SmilodonException(ErrorCode.SHUTDOWN_IN_PROGRESS, "The server has been closed");
    }

    private static SmilodonException tooMany() {
        return new SmilodonException(
                        ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS,
                        "Too many tasks are waiting",
                        Map.of("waiting", WAITING_MAX))
                .withHint("try again when one of them has ended");
    }

    /** Starts a job and answers the request that asks for it. */
    void startFor(Exchange exchange, String what, Job job) {
        Task task = start(what, job);
        exchange.headerOut("Location", "/api/v1/tasks/" + task.id()).answer(202, task.document());
    }

    /** The task of that id. */
    Task named(String id) {
        synchronized (tasks) {
            Task task = tasks.get(id);
            if (task == null) {
                throw new SmilodonException(
                        ErrorCode.NAMESPACE_NOT_FOUND, "No such task", Map.of("id", id));
            }
            return task;
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        synchronized (tasks) {
            tasks.values().forEach(task -> task.isCancelled = true);
        }
        boolean isInterrupted = false;
        try {
            worker.awaitTermination(closeMillisMax, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
