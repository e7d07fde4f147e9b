package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The first round, which does not count: slices of one workload until the compilers have finished,
 * which is when two slices in a row are hardly cheaper than the best one before. The same rule for
 * every peer. Not thread-safe, used once.
 */
final class WarmUp {

    private static final long SLICE_MILLIS = 3_000;
    private static final long NANOS_MIN = TimeUnit.SECONDS.toNanos(20);
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final double SETTLED_SHARE = 0.95;
    private static final int SETTLED_SLICES = 4;
    private static final Set<String> LOADS = Set.of("W1", "W2");

    private final ChildProcess worker;
    private final String workload;
    private double best = Double.MAX_VALUE;
    private int settled;

    WarmUp(ChildProcess worker, String workload) {
        this.worker = worker;
        this.workload = workload;
    }

    /** What a worker is told; loading is as long as it is. */
    static String order(String workload, long millis) {
        return "run " + workload + " " + (LOADS.contains(workload) ? 0 : millis);
    }

    /** What the last slice said. */
    JsonNode run() throws IOException {
        long start = System.nanoTime();
        JsonNode answer = worker.ask(order(workload, SLICE_MILLIS));
        while (!answer.has("failure") && !isDone(answer, System.nanoTime() - start)) {
            answer = worker.ask(order(workload, SLICE_MILLIS));
        }
        return answer;
    }

    private boolean isDone(JsonNode answer, long nanos) {
        double cost = answer.get("cpuNanos").asDouble() / answer.get("operations").asDouble();
        settled = cost < SETTLED_SHARE * best ? 0 : settled + 1;
        best = Math.min(best, cost);
        return settled >= SETTLED_SLICES && nanos >= NANOS_MIN || nanos >= NANOS_MAX;
    }
}
