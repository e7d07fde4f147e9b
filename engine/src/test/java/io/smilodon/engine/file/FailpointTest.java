package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.engine.testing.FailpointNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of the points, and what a process does with them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailpointTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void every_point_has_a_name_of_its_own_in_an_area_that_the_readme_describes()
            throws IOException {
        List<String> names = FailpointNames.in(SOURCES);
        String readme = Files.readString(Path.of("README.md"));
        for (String name : names) {
            assertTrue(name.matches("[a-z]+\\.[a-z][a-zA-Z]+"), name);
            String area = name.substring(0, name.indexOf('.'));
            assertTrue(readme.contains("| `" + area + "` |"), "README has no row for " + area);
        }
        List<String> repeated = new ArrayList<>(names);
        new TreeSet<>(names).forEach(repeated::remove);
        assertEquals(List.of(), repeated);
    }

    @Test
    void points_do_nothing_unless_they_are_asked_for() throws IOException {
        Failpoint.hit("test.off");
        Failpoint.pass("test.off");
        assertEquals(Map.of(), Failpoint.hits());
    }

    @Test
    void a_point_halts_throws_or_only_counts_at_its_hit() throws Exception {
        assertEquals(Failpoint.HALT_STATUS, statusWith("test.point:2:halt"));
        assertEquals(2, statusWith("test.point:3:halt"), "hit only twice");
        assertEquals(3, statusWith("test.point:2:throw"));
        assertEquals(3, statusWith("test.other:1:halt, test.point:0:throw"));
        assertEquals(2, statusWith("*:0:yield"));
        assertEquals(1, statusWith("test.point:halt"), "an exception ends it");
    }

    /** The process that made it may have been killed before it synced the entry. */
    @Test
    void a_directory_that_is_there_already_gets_its_entry_synced(@TempDir Path root)
            throws Exception {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
        String points = "directory.entrySynced:0:count";
        Path existing = Files.createDirectory(root.resolve("made"));

        assertEquals(1, statusWith(points, Opening.class, existing.toString()));
        assertEquals(1, statusWith(points, Opening.class, root.resolve("a/b").toString()));
    }

    private static int statusWith(String points) throws Exception {
        return statusWith(points, TwoHits.class, "");
    }

    private static int statusWith(String points, Class<?> program, String argument)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-D" + Failpoint.PROPERTY + "=" + points,
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                argument)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return process.exitValue();
    }

    /** A program that hits a point twice; its status is how often, or 3 if that failed. */
    static final class TwoHits {

        private TwoHits() {}

        public static void main(String[] arguments) {
            Failpoint.pass("test.passed");
            try {
                Failpoint.hit("test.point");
                Failpoint.hit("test.point");
                System.exit(Failpoint.hits().get("test.point"));
            } catch (IOException failure) {
                System.exit(3);
            }
        }
    }

    /** A program that opens a directory; its status is how often an entry was synced. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] arguments) throws IOException {
            FileDirectory.open(Path.of(arguments[0])).close();
            System.exit(Failpoint.hits().getOrDefault("directory.entrySynced", 0));
        }
    }
}
