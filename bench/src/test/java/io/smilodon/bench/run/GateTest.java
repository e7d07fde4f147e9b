package io.smilodon.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GateTest {

    private final Results results = new Results();

    private void add(String workload, String peer, double cpu, double p50) {
        results.add(workload, peer, Kind.CPU_MICROS, cpu);
        results.add(workload, peer, Kind.P50_MICROS, p50);
    }

    private String row(String workload) {
        return Gate.ALL.stream()
                .filter(gate -> gate.workload().equals(workload))
                .map(gate -> gate.row(results))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    @Test
    void a_gate_names_whom_it_compares_with_and_not_who_gave_no_figure() {
        add("W14A", "smilodon", 2, 2);
        add("W14A", "arcadedb", 8, 8);
        assertTrue(row("W14A").contains("| 1.50 x best of arcadedb |"), row("W14A"));
        add("W14A", "sqlite", 2.5, 9);
        assertTrue(row("W14A").contains("| 1.50 x best of sqlite, arcadedb |"), row("W14A"));
    }

    @Test
    void the_best_of_each_kind_counts_and_all_kinds_must_hold() {
        add("W14A", "smilodon", 2, 2);
        add("W14A", "arcadedb", 8, 3);
        assertTrue(row("W14A").endsWith("| holds |"), row("W14A"));
        add("W14A", "sqlite", 2.5, 9);
        assertTrue(row("W14A").endsWith("| **missed** |"), row("W14A"));
    }

    @Test
    void a_gate_without_a_figure_of_one_side_is_not_told() {
        add("W4", "smilodon", 1, 1);
        assertEquals("", row("W4"));
    }

    @Test
    void a_gate_tells_which_other_workload_of_the_peer_counts() {
        results.add("W15 clean", "smilodon", Kind.WALL_MILLIS, 100);
        results.add("W15 fresh", "sqlite", Kind.WALL_MILLIS, 300);
        assertTrue(row("W15 clean").contains(" x sqlite in W15 fresh |"), row("W15 clean"));
    }
}
