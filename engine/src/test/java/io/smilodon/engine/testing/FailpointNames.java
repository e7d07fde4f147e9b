package io.smilodon.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of all failpoints, from the engine's sources. Pure functions of the files. */
public final class FailpointNames {

    private static final Pattern CALL =
            Pattern.compile("Failpoint\\s*\\.(hit|pass)\\(\\s*(\"([^\"]*)\"|[^)]*)");

    private FailpointNames() {}

    /**
     * All names, with repetitions, in order of files.
     *
     * @param sources a folder of Java sources
     */
    public static List<String> in(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .flatMap(FailpointNames::inFile)
                    .toList();
        }
    }

    private static Stream<String> inFile(Path file) {
        try {
            return CALL.matcher(Files.readString(file)).results().map(FailpointNames::name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(MatchResult call) {
        return call.group(3) == null ? call.group(2) : call.group(3);
    }
}
