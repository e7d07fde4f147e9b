package io.smilodon.bench.peer;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with a cluster of its own in a directory, which is made when it is missing.
 * The server refuses to run as root, so root runs it as the user {@code postgres}.
 */
final class PostgresServer {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final long START_NANOS_MAX = TimeUnit.MINUTES.toNanos(2);

    private final Path cluster;
    private final int port;

    /** The server, or what became it: its process id stays. */
    private final Process process;

    private PostgresServer(Path cluster, int port, Process process) {
        this.cluster = cluster;
        this.port = port;
        this.process = process;
    }

    static PostgresServer start(PeerSettings settings) throws IOException, InterruptedException {
        Path cluster = settings.directory().resolve("cluster");
        if (!Files.exists(PROGRAMS.resolve("postgres"))) {
            throw new IOException("there is no " + PROGRAMS + "/postgres on this machine");
        }
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            create(cluster);
        }
        int port = freePort();
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        List<String> command = new ArrayList<>();
        command.add(PROGRAMS.resolve("postgres").toString());
        command.addAll(List.of("-D", cluster.toString(), "-p", String.valueOf(port)));
        command.addAll(List.of("-k", cluster.toString(), "-c", "listen_addresses=127.0.0.1"));
        option(command, "shared_buffers=" + settings.cacheMegabytes() + "MB");
        option(command, "effective_cache_size=" + 2 * settings.cacheMegabytes() + "MB");
        option(command, "max_wal_size=4GB");
        option(command, "checkpoint_timeout=30min");
        option(command, "synchronous_commit=" + (settings.isDurable() ? "on" : "off"));
        option(command, "max_connections=40");
        Process process = asServer(command, cluster.resolveSibling("server.log"));
        PostgresServer server = new PostgresServer(cluster, port, process);
        server.awaitStart();
        return server;
    }

    private static void option(List<String> command, String option) {
        command.add("-c");
        command.add(option);
    }

    private static void create(Path cluster) throws IOException, InterruptedException {
        Path parent = cluster.getParent();
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command =
                List.of(
                        PROGRAMS.resolve("initdb").toString(),
                        "--pgdata=" + cluster,
                        "--username=bench",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C");
        if (asServer(command, parent.resolve("initdb.log")).waitFor() != 0) {
            throw new IOException(
                    "initdb failed: " + Files.readString(parent.resolve("initdb.log")));
        }
    }

    private static Process asServer(List<String> command, Path log) throws IOException {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException notYet) {
                boolean isLate = System.nanoTime() - start > START_NANOS_MAX;
                if (isLate || !process.isAlive()) {
                    throw new IOException("the server did not start: " + notYet.getMessage());
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench&sslmode=disable");
    }

    /** The server and its children. */
    List<Long> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    void stop() {
        process.destroy(); // SIGTERM waits for clients; they are gone
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
