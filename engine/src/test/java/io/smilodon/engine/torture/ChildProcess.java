package io.smilodon.engine.torture;

import io.smilodon.engine.file.Failpoint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Starts {@link KilledProgram} in a process of its own, as fast as Java starts. Thread-safe. */
final class ChildProcess {

    private static final long WAIT_MINUTES = 2;

    private ChildProcess() {}

    /** The classes of the program, worked out once. */
    private static final class Archive {

        static final Path FILE = made();

        private static Path made() {
            try {
                Path folder = Files.createTempDirectory("torture-archive");
                folder.toFile().deleteOnExit();
                Path file = folder.resolve("classes.jsa");
                file.toFile().deleteOnExit();
                List<String> command = command("-XX:ArchiveClassesAtExit=" + file);
                command.add(Files.createDirectory(folder.resolve("store")).toString());
                command.add(folder.resolve("ledger").toString());
                command.add("1");
                command.add("50");
                Process process = started(command, folder.resolve("output"));
                if (!process.waitFor(WAIT_MINUTES, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("the program does not end");
                }
                return file;
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static List<String> command(String archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(archive);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-Xlog:cds=off",
                        "-Xlog:cds+dynamic=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        KilledProgram.class.getName()));
        return command;
    }

    /** A mutant's loader supplies the folder of its classes. */
    private static String classPath() {
        String path = System.getProperty("java.class.path");
        return ChildProcess.class.getClassLoader() instanceof Supplier<?> mutant
                ? mutant.get() + File.pathSeparator + path
                : path;
    }

    private static Process started(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /**
     * Starts the program.
     *
     * @param home where store, ledger and output are
     * @param failpoints as {@link Failpoint#PROPERTY} takes them; empty for none
     */
    static Process start(Path home, long seed, int commits, String failpoints) throws IOException {
        List<String> command = command("-XX:SharedArchiveFile=" + Archive.FILE);
        command.add(2, "-D" + Failpoint.PROPERTY + '=' + failpoints);
        command.add(home.resolve("store").toString());
        command.add(home.resolve("ledger").toString());
        command.add(Long.toString(seed));
        command.add(Integer.toString(commits));
        return started(command, home.resolve("output"));
    }

    /** Waits for the end; a process that does not end is killed and reported. */
    static int status(Process process) throws InterruptedException {
        if (!process.waitFor(WAIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the program hangs");
        }
        return process.exitValue();
    }
}
