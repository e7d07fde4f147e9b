package io.smilodon.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether heaps are made of huge pages, which Linux gives to who asks for them unless it is told
 * not to: the same for every peer, and as {@code ./smilodon serve} does it.
 */
final class HugePages {

    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private HugePages() {}

    /** What Java is told. */
    static List<String> options() {
        return Files.isReadable(SETTING) && !setting().contains("[never]")
                ? List.of("-XX:+UseTransparentHugePages")
                : List.of();
    }

    private static String setting() {
        try {
            return Files.readString(SETTING);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
