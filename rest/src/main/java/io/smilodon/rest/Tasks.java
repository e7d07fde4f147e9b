package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs that outlast a request. One runs at a time; the last hundred can be asked about.
 * Thread-safe.
 */
final class Tasks implements AutoCloseable {

    private static final int REMEMBERED_MAX = 100;

    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("smilodon-task").daemon().factory());
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<String, Task> tasks =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Task> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

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

        void progress(String current, long doneNow, long totalNow) {
            step = current;
            done = doneNow;
            total = totalNow;
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

    Task start(String what, Job job) {
        Task task = new Task(Long.toString(nextId.getAndIncrement()), what);
        synchronized (tasks) {
            tasks.put(task.id, task);
        }
        worker.execute(() -> task.run(job));
        return task;
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

    /** Waits for the jobs to end. */
    @Override
    public void close() {
        worker.close();
    }
}
