package io.smilodon.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the log does. Thread-safe. */
final class LogMeter {

    /** 50 us, then twice as long each, up to 13 s; what takes longer is in the last one. */
    private static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final int STEPS = 19;

    private final LongAdder bytes = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private final List<LongAdder> syncs = new ArrayList<>();

    LogMeter() {
        for (int step = 0; step <= STEPS; step++) {
            syncs.add(new LongAdder());
        }
    }

    void appended(long payloadBytes) {
        bytes.add(payloadBytes);
    }

    void group(int size) {
        groups.increment();
        commits.add(size);
    }

    void synced(long nanos) {
        syncNanos.add(nanos);
        int step = 0;
        while (step < STEPS && nanos > FIRST_NANOS << step) {
            step++;
        }
        syncs.get(step).increment();
    }

    LogStatistics statistics() {
        List<LogStatistics.Bucket> latencies = new ArrayList<>();
        long count = 0;
        for (int step = 0; step < STEPS; step++) {
            count += syncs.get(step).sum();
            latencies.add(new LogStatistics.Bucket(FIRST_NANOS << step, count));
        }
        count += syncs.get(STEPS).sum();
        return new LogStatistics(
                bytes.sum(), groups.sum(), commits.sum(), count, syncNanos.sum(), latencies);
    }
}
