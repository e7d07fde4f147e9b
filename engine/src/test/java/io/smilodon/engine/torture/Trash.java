package io.smilodon.engine.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where rounds put their files, and how these go away. Pure functions of the file system. */
public final class Trash {

    private Trash() {}

    /** A folder in memory where the system has one: the death of a process loses nothing there. */
    public static Path folder(String prefix) throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? Files.createTempDirectory(memory, prefix)
                : Files.createTempDirectory(prefix);
    }

    public static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
