package io.smilodon.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deletes and weighs directories. Stateless. */
public final class Directories {

    /** What is kept for other readers or for recovery, not for the documents. */
    private static final Pattern LOG =
            Pattern.compile(".*(/pg_wal/.*|\\.log|-wal|\\.wal|/archive/.*|/RESERVE)");

    private Directories() {}

    public static void delete(Path directory) throws IOException {
        for (Path path : files(directory).sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
        }
    }

    private static Stream<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return List.copyOf(all.toList()).stream();
        }
    }

    /** Bytes of its files. */
    public static long bytes(Path directory, boolean isLog) throws IOException {
        long bytes = 0;
        for (Path path : files(directory).filter(Files::isRegularFile).toList()) {
            if (LOG.matcher(path.toString()).matches() == isLog) {
                bytes += sizeOf(path);
            }
        }
        return bytes;
    }

    private static long sizeOf(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}
