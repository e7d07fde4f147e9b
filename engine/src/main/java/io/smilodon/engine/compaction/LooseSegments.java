package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The segments that are not compressed because what is updated so often is merged again soon, to be
 * compressed once it is not. Known from when they are made until the store is closed. Not
 * thread-safe.
 */
final class LooseSegments {

    /** What is merged again within it is not worth the time to compress it. */
    private static final long SOON_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoClock;
    private final Set<Segment> segments = new HashSet<>();
    private long emptiedNanos;

    LooseSegments(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.emptiedNanos = nanoClock.getAsLong() - SOON_NANOS;
    }

    /** Says that level 0 has just been merged into these. */
    void emptied(Collection<Segment> made, boolean areLoose) {
        emptiedNanos = nanoClock.getAsLong();
        if (areLoose) {
            segments.addAll(made);
        }
    }

    /** Whether level 0 has been merged within the last minute. */
    boolean isMergedAgainSoon() {
        return nanoClock.getAsLong() - emptiedNanos < SOON_NANOS;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** One that was not merged again, if there is such by now. */
    Optional<Segment> next(Levels levels, DamagedSegments damaged) {
        segments.retainAll(Set.copyOf(levels.all()));
        return isMergedAgainSoon()
                ? Optional.empty()
                : segments.stream().filter(damaged::isUsable).findFirst();
    }
}
