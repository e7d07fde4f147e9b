package io.smilodon.engine.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends snapshots that are too old, so that they do not hold files for ever, at no cost for those
 * who take and close snapshots: the age of a view counts from its replacement, and a view that is
 * not replaced for other reasons is replaced by an equal one after an eighth of the limit. So a
 * snapshot lives for the limit, and at most an eighth of it longer.
 *
 * <p>Not thread-safe: guarded by the tables.
 */
final class SnapshotAges {

    private static final int RENEWALS = 8;

    private final long nanosMax;
    private final LongSupplier nanoClock;
    private final Deque<Replaced> replaced = new ArrayDeque<>();
    private long renewedNanos;

    private record Replaced(TableView view, long nanos) {}

    SnapshotAges(long millisMax, LongSupplier nanoClock) {
        this.nanosMax = TimeUnit.MILLISECONDS.toNanos(millisMax);
        this.nanoClock = nanoClock;
        this.renewedNanos = nanoClock.getAsLong();
    }

    void replaced(TableView view) {
        renewedNanos = nanoClock.getAsLong();
        replaced.removeIf(old -> !old.view().isUsed());
        replaced.add(new Replaced(view, renewedNanos));
    }

    boolean isRenewalDue() {
        return nanoClock.getAsLong() - renewedNanos >= nanosMax / RENEWALS;
    }

    /** The snapshots of the views that were replaced. */
    SnapshotStatistics statistics() {
        int open = 0;
        long oldestNanos = 0;
        long now = nanoClock.getAsLong();
        for (Replaced old : replaced) {
            if (old.view().isUsed()) {
                open += old.view().references();
                oldestNanos = Math.max(oldestNanos, now - old.nanos());
            }
        }
        return new SnapshotStatistics(open, TimeUnit.NANOSECONDS.toMillis(oldestNanos));
    }

    /** Ends every view that was replaced too long ago. */
    void expire() {
        long now = nanoClock.getAsLong();
        replaced.removeIf(old -> !old.view().isUsed());
        while (!replaced.isEmpty() && now - replaced.peekFirst().nanos() >= nanosMax) {
            replaced.pollFirst().view().expire();
        }
    }
}
