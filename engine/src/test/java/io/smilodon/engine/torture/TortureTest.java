package io.smilodon.engine.torture;

import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slice of the torture campaign, and every seed that ever failed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TortureTest {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    static List<String> suites() {
        return Suites.ALL.stream().map(suite -> suite.facts().name()).toList();
    }

    /** A suite and a seed, on a line each. */
    static List<String> regressions() throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of("src/test/resources/regression-seeds.txt"))) {
            return lines.filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void a_round_finds_nothing(String suite) {
        run(suite, Seeds.next(), SLICE_NANOS);
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void a_seed_that_failed_finds_nothing_any_more(String place) {
        String[] parts = place.split(" ");
        run(parts[0], Long.parseLong(parts[1]), 2 * SLICE_NANOS);
    }

    private static void run(String suite, long seed, long nanos) {
        try {
            Suites.named(suite).orElseThrow().run(new Round(seed, nanos, new Tally()));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("./torture --repro " + suite + ':' + seed, failure);
        }
    }
}
