package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of documentation that is made by a test, and checked into the repository. */
final class GeneratedFile {

    private static final String REWRITE = "SMILODON_REWRITE";

    private GeneratedFile() {}

    /**
     * Fails if the file differs, or writes it where the environment asks for that.
     *
     * @param test the class of the test that makes the file
     */
    static void assertCurrent(Path file, String text, Class<?> test) throws IOException {
        if (System.getenv(REWRITE) != null) {
            Files.writeString(file, text);
            return;
        }
        String current = Files.exists(file) ? Files.readString(file) : "";
        assertTrue(text.equals(current), () -> advice(file, test));
    }

    private static String advice(Path file, Class<?> test) {
        return ("query/%s is not up to date; to write it: %s=1 mvn -pl query -am test -Dtest=%s"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .formatted(file, REWRITE, test.getSimpleName());
    }
}
