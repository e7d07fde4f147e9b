package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, which answers orders with lines of JSON. Not thread-safe. */
final class ChildProcess implements AutoCloseable {

    /**
     * What peers need of Java: memory that LMDB reads directly, native libraries. One that runs out
     * of memory ends, instead of leaving its threads waiting.
     */
    private static final List<String> OPENED =
            List.of(
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;

    private ChildProcess(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @param javaOptions such as the size of the heap
     * @param log takes what the process says besides its answers
     */
    static ChildProcess start(
            Class<?> program, List<String> javaOptions, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENED);
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        File file = log.toFile();
        return new ChildProcess(
                new ProcessBuilder(command)
                        .directory(file.getAbsoluteFile().getParentFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(file))
                        .start());
    }

    /** Gives an order and waits for the answer. */
    JsonNode ask(String order) throws IOException {
        orders.println(order);
        return await();
    }

    /** Waits for the next answer; what is none, as Java's last words are, is a failure. */
    JsonNode await() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            return failure("the process has ended");
        }
        return answer.startsWith("{") ? MAPPER.readTree(answer) : failure(answer);
    }

    private static JsonNode failure(String what) {
        return MAPPER.createObjectNode().put("failure", what);
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        orders.close(); // its input ends: it closes its database and ends
        process.onExit().orTimeout(2, TimeUnit.MINUTES).exceptionally(late -> killed()).join();
    }

    private Process killed() {
        kill();
        return process;
    }
}
