package io.smilodon.shell;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import java.util.concurrent.locks.LockSupport;

/** Starts a job on a server and shows how far it is until it ends. One thread. */
final class TaskWatch {

    private static final long POLL_NANOS = 100_000_000;

    private final RestClient client;
    private final ProgressBar bar;

    TaskWatch(RestClient client, ProgressBar bar) {
        this.client = client;
        this.bar = bar;
    }

    /**
     * Runs the job that a request starts.
     *
     * @return the task as it ended
     * @throws ShellException if it failed
     */
    Document run(String path, Document body) {
        Document task = client.post(path, body);
        while (isUnfinished(task)) {
            show(task);
            LockSupport.parkNanos(POLL_NANOS);
            task = client.get("/api/v1/tasks/" + text(task, "id"));
        }
        show(task);
        if (text(task, "state").equals("failed")) {
            throw new ShellException(
                    "the server could not do it: "
                            + ScriptText.inline((Document) task.get("error")));
        }
        return task;
    }

    private static boolean isUnfinished(Document task) {
        String state = text(task, "state");
        return state.equals("waiting") || state.equals("running");
    }

    private void show(Document task) {
        if (!text(task, "step").isEmpty()) {
            bar.at(text(task, "step"), number(task, "done"), number(task, "total"));
        }
    }

    private static String text(Document task, String field) {
        return ((StringValue) task.get(field)).value();
    }

    private static long number(Document task, String field) {
        return ((NumberValue) task.get(field)).toLong();
    }
}
