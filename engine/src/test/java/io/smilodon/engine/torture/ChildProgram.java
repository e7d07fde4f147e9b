package io.smilodon.engine.torture;

import io.smilodon.engine.file.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that rounds run in processes of their own, as fast as Java starts. Its first argument
 * is a folder, for all that it writes. Thread-safe.
 */
public final class ChildProgram {

    /** A store that is filled, with a ledger beside it. */
    static final ChildProgram KILLED = new ChildProgram(KilledProgram.class, List.of("1", "50"));

    private static final long WAIT_SECONDS = 120;
    private static final long POLL_NANOS = 500_000;

    private final Class<?> program;
    private final List<String> training;
    private Optional<Path> archive = Optional.empty();

    /**
     * @param training arguments, after the folder, with which it soon ends by itself, so that it is
     *     known which classes it needs
     */
    public ChildProgram(Class<?> program, List<String> training) {
        this.program = program;
        this.training = List.copyOf(training);
    }

    private synchronized Path archive() throws IOException, InterruptedException {
        if (archive.isEmpty()) {
            Path folder = Files.createTempDirectory("torture-archive");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("classes.jsa");
            file.toFile().deleteOnExit();
            Path home = Trash.folder("torture-training");
            List<String> command = command("-XX:ArchiveClassesAtExit=" + file, home, training);
            status(started(command, home));
            Trash.delete(home);
            archive = Optional.of(file);
        }
        return archive.get();
    }

    private List<String> command(String option, Path home, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        option,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-Xlog:disable",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        ClassJar.classPath(),
                        program.getName(),
                        home.toString()));
        command.addAll(arguments);
        return command;
    }

    private static Process started(List<String> command, Path home) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()))
                .start();
    }

    /** The command that starts the program, for those who start it by another one. */
    List<String> command(Path home, List<String> arguments)
            throws IOException, InterruptedException {
        return command("-XX:SharedArchiveFile=" + archive(), home, arguments);
    }

    /** Starts the program; what it says is added to the file {@code output} of its folder. */
    public Process start(Path home, List<String> arguments)
            throws IOException, InterruptedException {
        return started(command(home, arguments), home);
    }

    /**
     * Starts {@link #KILLED}.
     *
     * @param failpoints as {@link Failpoint#PROPERTY} takes them; empty for none
     */
    static Process start(Path home, long seed, int commits, String failpoints)
            throws IOException, InterruptedException {
        List<String> command =
                KILLED.command(home, List.of(Long.toString(seed), Integer.toString(commits)));
        command.add(1, "-D" + Failpoint.PROPERTY + '=' + failpoints);
        return started(command, home);
    }

    /** Waits for the end; a process that does not end is killed and reported. */
    public static int status(Process process) throws InterruptedException {
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            tellThreads(process);
            process.destroyForcibly();
            throw new AssertionError("the program hangs");
        }
        return process.exitValue();
    }

    /** Lets the program say what its threads do, where the system can ask it to. */
    private static void tellThreads(Process process) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (IOException unable) {
            throw new AssertionError("the program hangs, and cannot be asked", unable);
        }
    }

    /** What the program has said in a folder. */
    public static String output(Path home) throws IOException {
        return Files.readString(home.resolve("output"));
    }

    /**
     * Starts the program, kills it some time after its first line unless it has ended, and gives
     * its lines; the last may be cut. What it said before is forgotten.
     */
    public List<String> linesUntilKill(Path home, List<String> arguments, long millis)
            throws IOException, InterruptedException {
        Path output = home.resolve("output");
        Files.deleteIfExists(output);
        Process process = start(home, arguments);
        while (process.isAlive() && Files.size(output) == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        boolean hasEnded = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        int status = status(process);
        List<String> lines = Files.readAllLines(output);
        if (hasEnded && status != 0) {
            throw new AssertionError("it ended with status " + status + ": " + lines);
        }
        return lines;
    }
}
