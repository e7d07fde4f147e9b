package io.smilodon.bench.work;

import io.smilodon.bench.peer.Peer;

/** Measures one round. Can be stopped in between. Not thread-safe. */
final class Stopwatch {

    private final Peer peer;
    private long cpuStart;
    private long wallStart;
    private long cpu;
    private long wall;

    private Stopwatch(Peer peer) {
        this.peer = peer;
    }

    static Stopwatch start(Peer peer) {
        Stopwatch stopwatch = new Stopwatch(peer);
        stopwatch.resume();
        return stopwatch;
    }

    void resume() {
        cpuStart = ProcessorTime.nanos(peer.servers());
        wallStart = System.nanoTime();
    }

    void pause() {
        wall += System.nanoTime() - wallStart;
        cpu += ProcessorTime.nanos(peer.servers()) - cpuStart;
    }

    /** Takes back what was spent on something else while it ran. */
    void discount(long cpuNanos, long wallNanos) {
        cpu -= cpuNanos;
        wall -= wallNanos;
    }

    Measured stop(long operations, Latencies latencies) {
        pause();
        return new Measured(
                operations, cpu, wall, latencies.quantile(0.5), latencies.quantile(0.99));
    }
}
