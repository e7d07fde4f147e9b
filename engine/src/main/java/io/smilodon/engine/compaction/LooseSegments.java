package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What level 0 was merged into, and which of that is loose: not compressed, because what is updated
 * so often is merged again soon, to be compressed once it is not. Known from when a segment is made
 * until it is merged or the store is closed. Not thread-safe.
 */
final class LooseSegments {

    /** What is merged again within it is not worth the time to compress it. */
    private static final long SOON_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoClock;
    private final Map<Segment, Made> segments = new HashMap<>();

    private record Made(long nanos, boolean isLoose) {}

    LooseSegments(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Says that level 0 has just been merged into these. */
    void made(Collection<Segment> made, boolean areLoose) {
        long now = nanoClock.getAsLong();
        made.forEach(segment -> segments.put(segment, new Made(now, areLoose)));
    }

    /** Forgets all that are not among these. */
    void keep(Levels levels) {
        if (!segments.isEmpty()) {
            segments.keySet().retainAll(Set.copyOf(levels.all()));
        }
    }

    /** Has all stay as loose as they are. */
    void giveUp() {
        segments.replaceAll((segment, made) -> new Made(made.nanos, false));
    }

    /** Whether level 0 was merged into most of these, by bytes, within the last minute. */
    boolean areMostOf(List<Segment> merged) {
        long fresh = 0;
        long all = 0;
        for (Segment segment : merged) {
            long bytes = segment.file().bytes();
            Made made = segments.get(segment);
            fresh += made != null && isFresh(made) ? bytes : 0;
            all += bytes;
        }
        return 2 * fresh > all;
    }

    private boolean isFresh(Made made) {
        return nanoClock.getAsLong() - made.nanos < SOON_NANOS;
    }

    boolean isLoose(Segment segment) {
        Made made = segments.get(segment);
        return made != null && made.isLoose;
    }

    boolean areAny() {
        return segments.values().stream().anyMatch(Made::isLoose);
    }

    /** How many are known. */
    int count() {
        return segments.size();
    }

    /** One that was not merged again for a minute, if there is such. */
    Optional<Segment> next(DamagedSegments damaged) {
        return segments.entrySet().stream()
                .filter(entry -> entry.getValue().isLoose && !isFresh(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(damaged::isUsable)
                .findFirst();
    }
}
