package io.smilodon.engine.compaction;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Segments that a merge could not read. They are left out for a while, ever longer, so that all
 * else is merged meanwhile; a disk may recover, so they are tried again. Thread-safe.
 */
final class DamagedSegments {

    private static final long LEFT_OUT_NANOS_MIN = TimeUnit.SECONDS.toNanos(10);
    private static final long LEFT_OUT_NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final int DOUBLINGS_MAX = 20;

    private final LongSupplier nanoClock;
    private final Map<Segment, Mark> marks = new ConcurrentHashMap<>();

    private record Mark(long sinceNanos, long leftOutNanos, int failures) {}

    DamagedSegments(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Marks the one that the failure is about; tells whether it is about one of these. */
    boolean mark(Collection<Segment> read, SmilodonException failure) {
        Object name = failure.details().get("file");
        Optional<Segment> damaged =
                read.stream().filter(segment -> segment.file().name().equals(name)).findFirst();
        damaged.ifPresent(this::mark);
        return damaged.isPresent();
    }

    void mark(Segment segment) {
        Mark before = marks.getOrDefault(segment, new Mark(0, 0, 0));
        int doublings = Math.min(before.failures(), DOUBLINGS_MAX);
        long leftOut = Math.min(LEFT_OUT_NANOS_MIN << doublings, LEFT_OUT_NANOS_MAX);
        marks.put(segment, new Mark(nanoClock.getAsLong(), leftOut, before.failures() + 1));
    }

    /** Whether a segment may be read now. */
    boolean isUsable(Segment segment) {
        Mark mark = marks.get(segment);
        return mark == null || nanoClock.getAsLong() - mark.sinceNanos() >= mark.leftOutNanos();
    }

    boolean areUsable(Collection<Segment> segments) {
        return marks.isEmpty() || segments.stream().allMatch(this::isUsable);
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** How long until one of them is tried again, if there is one. */
    long nanosToNext() {
        long now = nanoClock.getAsLong();
        return marks.values().stream()
                .mapToLong(mark -> mark.leftOutNanos() - (now - mark.sinceNanos()))
                .filter(left -> left > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Forgets those that are gone. */
    void keep(Collection<Segment> live) {
        if (!marks.isEmpty()) {
            marks.keySet().retainAll(List.copyOf(live));
        }
    }

    /** Their files. */
    List<String> files() {
        return marks.keySet().stream().map(segment -> segment.file().name()).sorted().toList();
    }
}
