package io.smilodon.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as a user runs it. */
final class ChildProgram implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("http://localhost:[0-9]+");
    private static final long PATIENCE_SECONDS = 120;

    /** A process of a few seconds does not win back what the second compiler costs. */
    static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ChildProgram(Process process) {
        this.process = process;
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProgram start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** The same, with options for Java itself. */
    static ChildProgram start(List<String> javaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(SHORT_LIVED);
        command.addAll(javaOptions);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ChildProgram(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Puts a script {@code smilodon} that runs the program into a directory. */
    static void script(Path directory) throws IOException {
        Path program = directory.resolve("smilodon");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' %s -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                String.join(" ", SHORT_LIVED),
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Reads the output until it names the server's URL. */
    String url() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher matcher = URL.matcher(line);
            if (matcher.find()) {
                return matcher.group();
            }
        }
        throw new AssertionError("the server ended without a URL: " + lines);
    }

    /** Asks the process to end, as an operator's SIGTERM does. */
    void terminate() {
        process.toHandle().destroy(); // unlike Process.destroy, leaves the output readable
    }

    /** Ends the process at once, as kill -9 does; its output can still be read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        await();
    }

    /** Waits for the end and returns the exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program did not end; it printed " + lines);
        }
        return process.exitValue();
    }

    /** All output, to the end. */
    String output() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
