package io.smilodon.database;

import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.value.TimestampValue;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time by which MongoDB's clients order what they see: that of the newest commit, as its events
 * tell it. It does not lag behind the wall clock by more than a minute, so that a change stream
 * that begins with it asks for no log of long ago; and not by less, because a commit that is on its
 * way has taken its time already. It never falls. Thread-safe.
 */
final class ClusterClock {

    private static final long LAG_SECONDS_MAX = 60;
    private static final long MILLIS_PER_SECOND = 1000;

    private final KeyValueStore store;
    private final Clock clock;
    private final AtomicLong latest = new AtomicLong();

    ClusterClock(KeyValueStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** No later than any commit to come, and no earlier than any that can be read. */
    TimestampValue now() {
        FeedToken newest = store.newest();
        long recently = clock.millis() / MILLIS_PER_SECOND - LAG_SECONDS_MAX;
        long shown = latest.get() >>> Integer.SIZE; // the clock may have been set back
        long seconds = Math.max(shown, Math.max(newest.millis() / MILLIS_PER_SECOND, recently));
        long increment = newest.sequence() & Integer.MAX_VALUE;
        long time = latest.accumulateAndGet(seconds << Integer.SIZE | increment, Math::max);
        return new TimestampValue((int) (time >>> Integer.SIZE), (int) time);
    }

    /** The state that could be read at a time which this clock has shown. */
    AsOf asOf(TimestampValue time) {
        long newest = store.newest().sequence();
        long sequence =
                newest & ~(long) Integer.MAX_VALUE | Integer.toUnsignedLong(time.increment());
        boolean isOfEarlierRound = sequence > newest && sequence > Integer.MAX_VALUE;
        return AsOf.sequence(isOfEarlierRound ? sequence - Integer.MAX_VALUE - 1 : sequence);
    }
}
