package io.smilodon.engine.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.torture.Suites;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who tests the tests: engines with one sin, each of which its suite must find out. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MutantsTest {

    private static final int SECONDS_MAX = 120;

    /** These start processes or wait. */
    private static final Set<String> SLOW = Set.of("A1", "A2", "A7", "A9", "A11", "A12", "C4");

    /** The first of each suite; the campaign tries all. */
    static Stream<Mutant> quick() {
        Set<String> seen = new HashSet<>(SLOW);
        return Mutants.ALL.stream().filter(mutant -> seen.add(mutant.suite()));
    }

    @ParameterizedTest
    @MethodSource("quick")
    void a_mutant_is_found_out(Mutant mutant) throws InterruptedException {
        assertTrue(MutantTrials.kill(mutant, SECONDS_MAX).isPresent(), mutant.name());
    }

    @Test
    void every_suite_has_a_mutant_and_there_are_enough() {
        List<String> suites =
                Suites.ALL.stream().map(suite -> suite.facts().name()).sorted().toList();
        Set<String> meant = new TreeSet<>();
        Mutants.ALL.forEach(mutant -> meant.add(mutant.suite()));
        assertEquals(suites, List.copyOf(meant));
        assertTrue(Mutants.ALL.size() >= 25, "mutants: " + Mutants.ALL.size());
    }
}
