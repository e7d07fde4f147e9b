package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.VersionWalk;
import java.util.function.Predicate;

/**
 * Decides which versions of a key stay: all that are newer than the history horizon, and the newest
 * at or before it, which is what a reader as of the horizon sees. That one goes too if it is a
 * removal with nothing left beneath it. What carries a retired prefix goes always.
 *
 * <p>Takes every version of every key, keys ascending, versions descending. Not thread-safe.
 */
public final class VersionFilter implements Predicate<VersionWalk> {

    private final long horizon;
    private final RetiredPrefixes retired;
    private final Predicate<byte[]> isLast;
    private final ByteSpan key = new ByteSpan();
    private int lastLength;
    private final boolean isRetiring;
    private long shadow;
    private long forgotten;
    private long floor;

    /**
     * @param horizon the oldest commit as of which there may be readers
     * @param isLast whether a key, which may be a mark, has nothing left elsewhere that its removal
     *     hides, or that the mark covers
     */
    VersionFilter(long horizon, RetiredPrefixes retired, Predicate<byte[]> isLast) {
        this.horizon = horizon;
        this.retired = retired;
        this.isRetiring = !retired.isEmpty();
        this.isLast = isLast;
    }

    /** Drops only what newer versions hide: for a table that lies above others. */
    public static VersionFilter flushing(long horizon) {
        return new VersionFilter(horizon, RetiredPrefixes.NONE, key -> false);
    }

    @Override
    public boolean test(VersionWalk entry) {
        entry.key(key);
        int common = entry.common();
        if (common != key.length() || common != lastLength) {
            lastLength = key.length();
            shadow = 0;
        }
        if (isRetiring && retired.covers(entry.key())) {
            return dropped(entry, retired.retiredAt(entry.key()));
        }
        if (shadow > 0) {
            floor = Math.max(floor, shadow);
            return false;
        }
        if (entry.sequence() > horizon) {
            return true;
        }
        shadow = entry.sequence();
        boolean isUseless = entry.isRemoval() || RetiredPrefixes.isMark(key);
        return !(isUseless && isLast.test(entry.key())) || dropped(entry, shadow);
    }

    private boolean dropped(VersionWalk entry, long since) {
        forgotten = Math.max(forgotten, entry.sequence());
        floor = Math.max(floor, since);
        return false;
    }

    /** The newest version of which nothing is left. */
    long forgotten() {
        return forgotten;
    }

    /** The oldest commit as of which what stays can be read. */
    public long floor() {
        return floor;
    }
}
