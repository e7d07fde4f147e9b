package io.smilodon.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes of their own draw. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SeedsTest {

    @TempDir private Path directory;

    /** Draws for itself and for another class. */
    static final class Drawn {

        public static void main(String[] arguments) {
            System.out.println(Seeds.next() + " " + Seeds.next());
        }
    }

    private String drawn(String... options) throws Exception {
        Path out = Files.createTempFile(directory, "drawn", "");
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Drawn.class.getName()));
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        assertEquals(0, process.waitFor());
        return Files.readString(out).trim();
    }

    @Test
    void the_same_run_draws_the_same_and_another_one_others() throws Exception {
        String first = drawn();
        assertEquals(first, drawn());
        assertEquals(first, drawn("-Dsmilodon.run=0"));
        assertNotEquals(first, drawn("-Dsmilodon.run=1"));
        assertNotEquals(drawn("-Dsmilodon.run=any"), drawn("-Dsmilodon.run=any"));
        String[] both = first.split(" ");
        assertNotEquals(both[0], both[1]);
    }

    @Test
    void a_given_seed_is_drawn_always() throws Exception {
        assertEquals("7 7", drawn("-Dsmilodon.seed=7", "-Dsmilodon.run=3"));
    }
}
