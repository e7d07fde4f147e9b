package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smilodon.bench.work.WorkloadTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the workloads one by one and the peers in turn. Not thread-safe. */
final class Rounds {

    /** The round that does not count. */
    private static final int FIRST = 0;

    /** YCSB, too, loads again before its scans, so that they do not meet what others left. */
    private static final Set<String> ON_FRESH_DOCUMENTS = Set.of("W14E");

    private final Benchmark benchmark;
    private final BenchmarkOptions options;
    private final Map<String, ChildProcess> workers = new LinkedHashMap<>();

    Rounds(Benchmark benchmark) {
        this.benchmark = benchmark;
        this.options = benchmark.options();
    }

    void run() throws Exception {
        try {
            for (String peer : options.peers()) {
                workers.put(peer, worker(peer));
            }
            boolean isChecked = false;
            for (String workload : options.workloads()) {
                if (!isChecked && readsLoaded(workload)) {
                    checkAnswers();
                    isChecked = true;
                }
                run(workload);
            }
        } finally {
            for (ChildProcess worker : workers.values()) {
                worker.close();
            }
        }
    }

    private static boolean readsLoaded(String workload) {
        List<String> names = WorkloadTable.names();
        boolean isIndexed =
                names.indexOf(workload) >= names.indexOf(WorkloadTable.FIRST_WITH_INDEXES);
        return !isIndexed && !workload.startsWith("W3") && !workload.equals("W1");
    }

    private ChildProcess worker(String peer) throws IOException {
        Path base = benchmark.base();
        List<String> java = new ArrayList<>(HugePages.options());
        java.addAll(List.of("-Xms" + options.heap(), "-Xmx" + options.heap()));
        return ChildProcess.start(
                Worker.class,
                java,
                List.of(
                        peer,
                        base.toString(),
                        options.durable(base).toString(),
                        String.valueOf(options.documents()),
                        String.valueOf(options.cacheMegabytes())),
                options.results().resolve(peer + ".log"));
    }

    private void checkAnswers() throws Exception {
        for (String peer : List.copyOf(workers.keySet())) {
            JsonNode answer = workers.get(peer).ask("answers");
            if (answer.has("failure")) {
                benchmark.results().fail("all", peer, answer.get("failure").asText());
                workers.remove(peer).close();
            }
        }
    }

    private void run(String workload) throws Exception {
        boolean isInside = WorkloadTable.names().contains(workload);
        for (ChildProcess worker : workers.values()) {
            if (!isInside) {
                worker.ask("close"); // another process opens its database
            } else if (ON_FRESH_DOCUMENTS.contains(workload)) {
                worker.ask("reload");
            }
        }
        if (isInside) {
            check(workload);
        }
        for (int round = FIRST; round <= options.rounds(); round++) {
            for (String peer : rotated(round)) {
                if (isInside) {
                    runInside(workload, peer, round);
                } else if (workload.equals(BenchmarkOptions.OPENINGS)) {
                    new Openings(benchmark, peer).run(round);
                } else if (workload.equals(BenchmarkOptions.FOOTPRINT)) {
                    new Footprint(benchmark, peer).run(round);
                } else {
                    throw new IllegalArgumentException("no workload " + workload);
                }
            }
        }
    }

    /** A peer whose answers differ does not run this workload. */
    private void check(String workload) throws IOException {
        for (Map.Entry<String, ChildProcess> worker : workers.entrySet()) {
            JsonNode answer = worker.getValue().ask("check " + workload);
            if (answer.has("failure")) {
                benchmark.results().fail(workload, worker.getKey(), answer.get("failure").asText());
            }
        }
    }

    private List<String> rotated(int round) {
        List<String> peers = new ArrayList<>(workers.keySet());
        java.util.Collections.rotate(peers, -round);
        return peers;
    }

    private void runInside(String workload, String peer, int round) throws IOException {
        Results results = benchmark.results();
        if (results.failures().getOrDefault(workload, Map.of()).containsKey(peer)) {
            return;
        }
        JsonNode answer =
                round == FIRST
                        ? new WarmUp(workers.get(peer), workload).run()
                        : workers.get(peer).ask(WarmUp.order(workload, options.millis()));
        if (answer.has("failure")) {
            results.fail(workload, peer, answer.get("failure").asText());
            return;
        }
        benchmark.record(workload, peer, round, (ObjectNode) answer);
        if (round > FIRST) {
            double operations = answer.get("operations").asDouble();
            results.add(
                    workload,
                    peer,
                    Kind.CPU_MICROS,
                    answer.get("cpuNanos").asDouble() / 1e3 / operations);
            results.add(workload, peer, Kind.P50_MICROS, answer.get("p50Nanos").asDouble() / 1e3);
            results.add(
                    workload,
                    peer,
                    Kind.PER_SECOND,
                    operations * 1e9 / answer.get("wallNanos").asDouble());
        }
    }
}
