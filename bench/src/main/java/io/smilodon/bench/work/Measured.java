package io.smilodon.bench.work;

/**
 * What one round of one workload took. Times are nanoseconds.
 *
 * @param operations how many were done
 * @param cpuNanos processor time of the process and its servers
 * @param wallNanos time that passed
 * @param p50Nanos the median of the operations' own times
 * @param p99Nanos of a hundred operations the slowest one is not faster
 */
public record Measured(
        long operations, long cpuNanos, long wallNanos, long p50Nanos, long p99Nanos) {

    public double cpuMicros() {
        return cpuNanos / 1e3 / operations;
    }

    public double p50Micros() {
        return p50Nanos / 1e3;
    }

    public double perSecond() {
        return operations * 1e9 / wallNanos;
    }
}
