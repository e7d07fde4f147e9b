package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code smilodon} itself, with another program in the place of ours: when memory runs
 * out the process ends, whichever thread it was, and nothing acknowledged is lost.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutOfMemoryTest {

    /** With which Java ends then. */
    private static final int OUT_OF_MEMORY = 3;

    @TempDir private Path home;

    /** A jar where the script looks for it; there are no sources that it could be older than. */
    private void installHog() throws Exception {
        Files.copy(Path.of("..", "smilodon"), home.resolve("smilodon"));
        Path target = Files.createDirectories(home.resolve("shell").resolve("target"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, MemoryHog.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classPath());
        try (OutputStream jar = Files.newOutputStream(target.resolve("smilodon.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void a_process_without_memory_ends_and_loses_nothing_acknowledged(String command)
            throws Exception {
        installHog();
        Path data = home.resolve("data");
        Path output = home.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                        "sh", home.resolve("smilodon").toString(), command, data.toString());
        builder.environment().put("SMILODON_OPTS", "-Xmx64m");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectOutput(output.toFile()).redirectErrorStream(true).start();

        assertEquals(OUT_OF_MEMORY, process.waitFor(), () -> ended(output));

        List<Integer> acknowledged =
                Files.readAllLines(output).stream()
                        .filter(line -> line.matches("[0-9]+"))
                        .map(Integer::valueOf)
                        .toList();
        assertTrue(acknowledged.size() >= 100, () -> ended(output));
        try (Smilodon smilodon = Smilodon.open(data)) {
            DocumentCollection documents = smilodon.database("test").collection("t");
            for (int id : acknowledged) {
                assertTrue(documents.findOne(Document.of("_id", Value.of(id))).isPresent());
            }
        }
    }

    private static String ended(Path output) {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (java.io.IOException unreadable) {
            return unreadable.toString();
        }
    }
}
