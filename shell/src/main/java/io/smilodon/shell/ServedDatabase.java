package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.rest.RestServer;
import io.smilodon.wire.WireServer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A database with its server, from start to a clean stop. Thread-safe. */
final class ServedDatabase implements AutoCloseable {

    /** How long requests may take that run when the database is poisoned. */
    private static final long ANSWER_MILLIS_MAX = 5_000;

    private final DataDirectory directory;
    private final Smilodon smilodon;
    private final RestServer server;
    private final Optional<WireServer> wire;
    private boolean closed;

    private ServedDatabase(
            DataDirectory directory,
            Smilodon smilodon,
            RestServer server,
            Optional<WireServer> wire) {
        this.directory = directory;
        this.smilodon = smilodon;
        this.server = server;
        this.wire = wire;
    }

    /** Serves an open database, and owns it from then on. */
    static ServedDatabase start(
            DataDirectory directory, Smilodon smilodon, ServerArguments arguments) {
        try {
            smilodon.server().startedBy(arguments.start(directory.path()));
            RestServer server = http(smilodon, arguments);
            Optional<WireServer> wire;
            try {
                wire = arguments.startWire(smilodon);
            } catch (RuntimeException failure) {
                server.close();
                throw failure;
            }
            ServedDatabase served = new ServedDatabase(directory, smilodon, server, wire);
            directory.noteUrl(served.url());
            return served;
        } catch (RuntimeException failure) {
            smilodon.close();
            throw failure;
        }
    }

    private static RestServer http(Smilodon smilodon, ServerArguments arguments) {
        try {
            return RestServer.start(smilodon, arguments.options());
        } catch (IllegalArgumentException unusable) {
            throw new ShellException(unusable.getMessage());
        }
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    /** What MongoDB's drivers connect to; empty if nothing listens to them. */
    Optional<String> wireUrl() {
        return wire.map(listening -> "mongodb://localhost:" + listening.port());
    }

    /** How MongoDB's drivers connect, or why they cannot. */
    String wireNotice() {
        return wireUrl()
                .map(url -> "MongoDB's drivers and mongosh connect to " + url)
                .orElse(
                        "MongoDB's drivers cannot connect: told not to listen, or the port is in"
                                + " use (--wire-port takes another)");
    }

    private void stopServing() {
        wire.ifPresent(WireServer::close);
        server.close();
    }

    /**
     * Serves until the process is told to end; then lets requests finish, writes a checkpoint, and
     * ends it with exit code 0. If it is a client who tells so, this returns and the caller is to
     * end the process.
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
        CountDownLatch stopRequest = new CountDownLatch(1);
        smilodon.server().onStopRequest(stopRequest::countDown);
        try {
            stopRequest.await();
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
        Thread stopping = new Thread(this::stopServing, "smilodon-stop-requests");
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
            stopServing();
            smilodon.checkpoint();
            directory.removeNote();
            smilodon.close();
        }
    }
}
