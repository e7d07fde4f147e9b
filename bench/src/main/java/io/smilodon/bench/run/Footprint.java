package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smilodon.bench.work.Directories;
import io.smilodon.bench.work.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * W16: what the documents take on disk, and what a small process takes that has read them for a
 * while with a cache of 64 MB.
 */
final class Footprint {

    private static final int CACHE_MEGABYTES = 64;
    private static final double MEGABYTE = 1 << 20;

    private final Benchmark benchmark;
    private final String peer;

    Footprint(Benchmark benchmark, String peer) {
        this.benchmark = benchmark;
        this.peer = peer;
    }

    void run(int round) throws Exception {
        Path loaded = loaded(benchmark, peer);
        double documents = benchmark.options().documents();
        double disk = Directories.bytes(loaded, false) / documents;
        double log = Directories.bytes(loaded, true) / documents;
        try (ChildProcess process = opener(benchmark, peer, "memory")) {
            process.await();
            JsonNode weight = process.await();
            if (weight.has("failure")) {
                benchmark.results().fail("W16", peer, weight.get("failure").asText());
                return;
            }
            ObjectNode figures = (ObjectNode) weight;
            benchmark.record("W16", peer, round, figures.put("disk", disk).put("log", log));
            if (round > 0) {
                Results results = benchmark.results();
                results.add("W16", peer, Kind.DISK_BYTES, disk);
                results.add("W16", peer, Kind.LOG_BYTES, log);
                double heap = weight.get("heapBytes").asLong() / MEGABYTE;
                results.add("W16", peer, Kind.HEAP_MEGABYTES, heap);
                double pss = weight.get("pssBytes").asLong() / MEGABYTE;
                results.add("W16", peer, Kind.PSS_MEGABYTES, pss);
            }
        }
    }

    private static Path loaded(Benchmark benchmark, String peer) {
        Path base = benchmark.base();
        return new SessionSettings(peer, base, base, 0, 0).loaded();
    }

    /** A fresh process on the loaded database. */
    static ChildProcess opener(Benchmark benchmark, String peer, String task) throws IOException {
        BenchmarkOptions options = benchmark.options();
        List<String> java =
                task.equals("memory")
                        ? List.of("-Xmx96m")
                        : QuickStart.options(benchmark.base().resolve(peer), task);
        return ChildProcess.start(
                Opener.class,
                java,
                List.of(
                        peer,
                        loaded(benchmark, peer).toString(),
                        String.valueOf(options.documents()),
                        String.valueOf(CACHE_MEGABYTES),
                        task),
                options.results().resolve(peer + ".log"));
    }
}
