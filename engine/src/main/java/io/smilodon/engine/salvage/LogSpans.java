package io.smilodon.engine.salvage;

import io.smilodon.engine.salvage.Loss.Commits;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which frames stand in logs that have been read. Not thread-safe. */
final class LogSpans {

    private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();
    private long absent;

    /** A log was read. */
    void add(long firstLsn, long lastLsn) {
        lastByFirst.merge(firstLsn, lastLsn, Math::max);
    }

    /** An unfinished log, which begins with this frame, cannot be read. */
    void addAbsent(long firstLsn) {
        absent = Math.max(absent, firstLsn);
    }

    /**
     * The commits that are in none of the logs.
     *
     * @param checkpointLsn everything up to it is in segments
     * @param newest a commit that there has certainly been
     */
    Optional<Commits> missing(long checkpointLsn, long newest) {
        long first = 0;
        long last = 0;
        long covered = checkpointLsn;
        for (var span : lastByFirst.entrySet()) {
            if (span.getKey() > covered + 1) {
                first = first == 0 ? covered + 1 : first;
                last = span.getKey() - 1;
            }
            covered = Math.max(covered, span.getValue());
        }
        boolean isEndMissing = absent > 0 && lastByFirst.tailMap(absent, false).isEmpty();
        long end = isEndMissing ? Long.MAX_VALUE : newest;
        if (end > covered) {
            first = first == 0 ? covered + 1 : first;
            last = end;
        }
        return last == 0 ? Optional.empty() : Optional.of(new Commits(first, last));
    }
}
