package io.smilodon.engine.torture;

import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.ThreadStacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps everything about a failure: its text, the files that show it, its seed. Thread-safe. */
final class FailureStore {

    private static final int LINE_MAX = 300;

    private final Path home;
    private final Path regressions;

    FailureStore(Path home, Path regressions) {
        this.home = home;
        this.regressions = regressions;
    }

    /**
     * Keeps a failure.
     *
     * @return a line for the report
     */
    synchronized String keep(String suite, long seed, Throwable failure) {
        String place = suite + ':' + seed;
        try {
            Path folder = Files.createDirectories(home.resolve("failures").resolve(suite + seed));
            Files.writeString(folder.resolve("failure.txt"), trace(failure));
            if (failure instanceof StateFailure state && state.image() != null) {
                write(state.image(), Files.createDirectories(folder.resolve("image")));
            }
            if (Files.exists(regressions) && Suites.named(suite).isPresent()) {
                Files.writeString(
                        regressions, suite + ' ' + seed + '\n', StandardOpenOption.APPEND);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return line(place, String.valueOf(failure));
    }

    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable shown = failure;
        while (shown != null) {
            text.append(shown).append('\n');
            for (StackTraceElement element : shown.getStackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
            shown = shown.getCause();
        }
        return text.toString();
    }

    private static void write(DiskImage image, Path folder) throws IOException {
        for (String name : image.names()) {
            Files.write(folder.resolve(name), image.bytes(name));
        }
    }

    synchronized String keepHang(String place) {
        try {
            Path folder = Files.createDirectories(home.resolve("failures"));
            Files.writeString(
                    folder.resolve(place.replace(':', '-') + "-hang.txt"), ThreadStacks.all());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return line(place, "hangs");
    }

    private static String line(String place, String text) {
        String flat = text.replace('\n', ' ');
        String shown = flat.length() > LINE_MAX ? flat.substring(0, LINE_MAX) + " ..." : flat;
        return "./torture --repro " + place + "   " + shown;
    }
}
