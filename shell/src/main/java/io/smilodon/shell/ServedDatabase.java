package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.RestServer;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** A database with its server, from start to a clean stop. Thread-safe. */
final class ServedDatabase implements AutoCloseable {

    /** How long requests may take that run when the database is poisoned. */
    private static final long ANSWER_MILLIS_MAX = 5_000;

    private final DataDirectory directory;
    private final Smilodon smilodon;
    private final RestServer server;
    private boolean closed;

    private ServedDatabase(DataDirectory directory, Smilodon smilodon, RestServer server) {
        this.directory = directory;
        this.smilodon = smilodon;
        this.server = server;
    }

    /** Serves an open database, and owns it from then on. */
    static ServedDatabase start(DataDirectory directory, Smilodon smilodon, RestOptions options) {
        try {
            ServedDatabase served =
                    new ServedDatabase(directory, smilodon, RestServer.start(smilodon, options));
            directory.noteUrl(served.url());
            return served;
        } catch (RuntimeException failure) {
            smilodon.close();
            throw failure;
        }
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    /**
     * Serves until the process is told to end; then lets requests finish, writes a checkpoint, and
     * ends it with exit code 0.
     */
    void untilStopped(PrintWriter out) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    out.println("Stopping ...");
                                    close();
                                    out.println("Stopped.");
                                    out.flush();
                                    // An ordered stop is a success, whatever signal asked for it.
                                    Runtime.getRuntime().halt(0);
                                },
                                "smilodon-stop"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the process when a sync of the database fails: nothing can be written until the files
     * are opened again. Requests that run may get their answers first; nothing is written or
     * closed, as recovery does not count on it.
     */
    void exitOnPoison(PrintWriter err) {
        smilodon.onPoison(
                () -> {
                    Thread ending = new Thread(() -> endPoisoned(err), "smilodon-poisoned");
                    ending.setDaemon(true);
                    ending.start();
                });
    }

    private void endPoisoned(PrintWriter err) {
        err.println("smilodon: " + smilodon.state().reason());
        err.println(
                "smilodon: ending with exit code "
                        + ExitCodes.POISONED
                        + "; the next start recovers what was acknowledged");
        err.flush();
        Thread stopping = new Thread(server::close, "smilodon-stop-requests");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(ANSWER_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCodes.POISONED);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.close();
            smilodon.checkpoint();
            directory.removeNote();
            smilodon.close();
        }
    }
}
