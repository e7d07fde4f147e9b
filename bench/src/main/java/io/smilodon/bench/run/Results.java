package io.smilodon.bench.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Figures by workload, peer and kind, several of each; the median counts. Not thread-safe. */
final class Results {

    private final Map<String, Map<String, Map<Kind, List<Double>>>> figures = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> failures = new LinkedHashMap<>();

    void add(String workload, String peer, Kind kind, double figure) {
        figures.computeIfAbsent(workload, name -> new LinkedHashMap<>())
                .computeIfAbsent(peer, name -> new LinkedHashMap<>())
                .computeIfAbsent(kind, name -> new ArrayList<>())
                .add(figure);
    }

    void fail(String workload, String peer, String reason) {
        failures.computeIfAbsent(workload, name -> new LinkedHashMap<>()).put(peer, reason);
    }

    Map<String, Map<String, String>> failures() {
        return failures;
    }

    Set<String> workloads() {
        return figures.keySet();
    }

    Set<Kind> kinds(String workload) {
        Set<Kind> kinds = new LinkedHashSet<>();
        figures.getOrDefault(workload, Map.of())
                .values()
                .forEach(byKind -> kinds.addAll(byKind.keySet()));
        return kinds;
    }

    OptionalDouble median(String workload, String peer, Kind kind) {
        List<Double> all =
                figures.getOrDefault(workload, Map.of())
                        .getOrDefault(peer, Map.of())
                        .getOrDefault(kind, List.of());
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(
                sorted.length % 2 == 1
                        ? sorted[middle]
                        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow());
    }
}
