package io.smilodon.engine.store;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which commit was the last at which millisecond, as far as this run of the store knows.
 * Thread-safe; one thread records.
 */
final class CommitSamples {

    private final ConcurrentSkipListMap<Long, Long> samples = new ConcurrentSkipListMap<>();
    private final long windowMillis;
    private long last = Long.MIN_VALUE;

    /**
     * @param windowMillis how far back anybody asks
     */
    CommitSamples(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    /** Remembers that this was the last commit at that time; times that go back do not. */
    void record(long sequence, long millis) {
        last = Math.max(last, millis);
        samples.put(last, sequence);
        Long oldest = samples.floorKey(last - 2 * windowMillis);
        if (oldest != null) {
            samples.headMap(oldest).clear();
        }
    }

    /** The last commit at or before an instant; empty if none is known from so long ago. */
    OptionalLong sequenceAt(Instant instant) {
        Map.Entry<Long, Long> sample = samples.floorEntry(instant.toEpochMilli());
        return sample == null ? OptionalLong.empty() : OptionalLong.of(sample.getValue());
    }
}
