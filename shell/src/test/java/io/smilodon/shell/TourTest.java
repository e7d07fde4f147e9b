package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README's tour is true: every command of it runs against a demo, and prints what the README
 * says it prints (an ellipsis stands for anything).
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TourTest {

    private static final String PROMPT = "$ ";
    private static final String DEMO = "./smilodon demo";

    @TempDir private static Path directory;
    private static ChildProgram demo;
    private static String url;

    /** A command and the lines that stand below it. */
    private record Step(String command, List<String> expected) {

        @Override
        public String toString() {
            return command;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        demo =
                ChildProgram.start(
                        "demo", "--data", directory.resolve("demo").toString(), "--port", "0");
        url = demo.url();
        ChildProgram.script(directory);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    static Stream<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        boolean inTour = false;
        boolean inBlock = false;
        for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
            if (line.startsWith("## ")) {
                inTour = line.contains("tour");
            } else if (inTour && line.startsWith("```")) {
                inBlock = line.equals("```console");
            } else if (inTour && inBlock) {
                addLine(steps, line);
            }
        }
        return steps.stream().filter(step -> !step.command.equals(DEMO));
    }

    private static void addLine(List<Step> steps, String line) {
        if (line.startsWith(PROMPT)) {
            steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            return;
        }
        Step last = steps.getLast();
        if (last.command.endsWith("\\")) {
            String joined = last.command.substring(0, last.command.length() - 1) + line.strip();
            steps.set(steps.size() - 1, new Step(joined, last.expected));
        } else {
            last.expected.add(line);
        }
    }

    @Test
    void the_readme_has_a_tour() throws IOException {
        assertTrue(steps().count() >= 6);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void every_command_of_the_tour_prints_what_the_readme_says(Step step) throws Exception {
        String command = step.command.replace("http://localhost:7400", url);
        Process process =
                new ProcessBuilder("sh", "-c", command.replace("localhost:7400", url.substring(7)))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertMatches(step.expected, output.strip());
    }

    /** Whether the pieces between the ellipses stand in the output, one after the other. */
    private static void assertMatches(List<String> expected, String output) {
        int from = 0;
        for (String piece : String.join("\n", expected).split("\\.\\.\\.", -1)) {
            int at = output.indexOf(piece.strip(), from);
            assertTrue(at >= 0, () -> "expected\n" + piece.strip() + "\nin\n" + output);
            from = at + piece.strip().length();
        }
    }
}
