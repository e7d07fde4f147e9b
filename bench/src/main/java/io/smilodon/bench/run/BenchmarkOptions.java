package io.smilodon.bench.run;

import io.smilodon.bench.peer.PeerTable;
import io.smilodon.bench.work.WorkloadTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param documents in the database
 * @param peers their names, ours first
 * @param workloads their names, in order
 * @param rounds that count; one more comes before them
 * @param millis of a round, where the workload has no length of its own
 * @param heap of each worker, as Java writes it
 * @param cacheMegabytes memory for each peer's cache
 * @param directory for the databases
 * @param durableDirectory for those of durable inserts
 * @param results where the tables go
 */
record BenchmarkOptions(
        int documents,
        List<String> peers,
        List<String> workloads,
        int rounds,
        long millis,
        String heap,
        int cacheMegabytes,
        Path directory,
        Optional<Path> durableDirectory,
        Path results) {

    static final String OPENINGS = "W15";
    static final String FOOTPRINT = "W16";

    static List<String> allWorkloads() {
        List<String> all = new ArrayList<>(WorkloadTable.names());
        all.add(all.indexOf("W1") + 1, FOOTPRINT); // before updates leave older versions behind
        all.add(all.indexOf(WorkloadTable.FIRST_WITH_INDEXES), OPENINGS);
        return all;
    }

    static BenchmarkOptions parse(String[] arguments) {
        Arguments given = Arguments.parse(arguments);
        BenchmarkOptions options =
                new BenchmarkOptions(
                        given.number("n", 100_000),
                        given.names("peers", PeerTable.names()),
                        given.names("workloads", allWorkloads()),
                        given.number("rounds", 5),
                        given.number("millis", 1_500),
                        given.text("heap", "2g"),
                        given.number("cache", 1_024),
                        Path.of(given.text("dir", System.getProperty("java.io.tmpdir"))),
                        given.optional("durable-dir").map(Path::of),
                        Path.of(given.text("results", "bench/target/results")));
        given.requireAllUsed();
        return options;
    }

    Path durable(Path fallback) {
        return durableDirectory.map(path -> path.resolve(fallback.getFileName())).orElse(fallback);
    }
}
