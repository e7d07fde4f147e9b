package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README of module wire shows of users. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UsersReadmeTest {

    private static final String PROMPT = "$ ";

    @TempDir private Path directory;

    private static List<String> lines() throws Exception {
        String readme = Files.readString(Path.of("..", "wire", "README.md"));
        String section = readme.substring(readme.indexOf("## Users"));
        return section.split("```")[1].lines().skip(1).toList();
    }

    private String run(String command) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void the_commands_about_users_print_what_it_says() throws Exception {
        ChildProgram.script(directory);
        List<String> shown = new ArrayList<>();
        List<String> printed = new ArrayList<>();
        int count = 0;
        for (String line : lines()) {
            boolean isCommand = line.startsWith(PROMPT);
            if (isCommand && line.contains("smilodon user")) {
                printed.addAll(run(line.substring(PROMPT.length())).lines().toList());
                count++;
            } else if (!isCommand) {
                shown.add(line);
            }
        }

        assertEquals(2, count);
        assertTrue(printed.containsAll(shown), () -> shown + " in " + printed);
    }

    @Test
    void the_server_takes_the_options_that_it_shows() throws Exception {
        String serve =
                lines().stream()
                        .filter(line -> line.contains("smilodon serve"))
                        .findFirst()
                        .orElseThrow();
        List<String> words = new ArrayList<>(List.of(serve.split(" ")));
        words.subList(0, words.indexOf("serve")).clear();
        words.set(words.indexOf("mydata"), directory.resolve("mydata").toString());
        words.addAll(List.of("--port", "0", "--wire-port", "0"));
        try (ChildProgram server = ChildProgram.start(words.toArray(String[]::new))) {
            assertTrue(server.url().startsWith("http"));
        }
    }
}
