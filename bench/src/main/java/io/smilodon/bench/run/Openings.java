package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * W15: how long a fresh process takes from its start to its first read: after a clean close, with
 * nothing of Java's kept from earlier processes and with that, and with it after {@code kill -9}
 * with 64 MB of log.
 */
final class Openings {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Benchmark benchmark;
    private final String peer;

    Openings(Benchmark benchmark, String peer) {
        this.benchmark = benchmark;
        this.peer = peer;
    }

    void run(int round) throws Exception {
        if (hasFailed()) {
            return;
        }
        if (round == 0) {
            train();
        }
        open("W15 fresh", QuickStart.FRESH, round);
        open("W15 clean", "once", round);
        try (ChildProcess writer = Footprint.opener(benchmark, peer, "log")) {
            JsonNode opened = writer.await();
            JsonNode written = writer.await();
            if (opened.has("failure") || written.has("failure")) {
                benchmark.results().fail("W15", peer, written.toString());
                return;
            }
            writer.kill();
            for (JsonNode server : written.get("servers")) {
                ProcessHandle.of(server.asLong()).ifPresent(Openings::kill);
            }
        }
        open("W15 killed", "once", round);
    }

    /** Lets Java learn about this version's classes, unmeasured. */
    private void train() throws Exception {
        try (ChildProcess process = Footprint.opener(benchmark, peer, QuickStart.TRAINING)) {
            process.await();
        }
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean hasFailed() {
        return benchmark.results().failures().getOrDefault("W15", Map.of()).containsKey(peer);
    }

    private void open(String workload, String task, int round) throws Exception {
        long start = System.nanoTime();
        try (ChildProcess process = Footprint.opener(benchmark, peer, task)) {
            JsonNode opened = process.await();
            long nanos = System.nanoTime() - start;
            if (opened.has("failure")) {
                benchmark.results().fail("W15", peer, opened.get("failure").asText());
                return;
            }
            ObjectNode figures = MAPPER.createObjectNode().put("wallNanos", nanos);
            benchmark.record(workload, peer, round, figures);
            if (round > 0) {
                benchmark.results().add(workload, peer, Kind.WALL_MILLIS, nanos / 1e6);
            }
        }
    }
}
