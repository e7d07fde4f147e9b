package io.smilodon.database.stream;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.value.TimestampValue;
import java.time.Instant;

/**
 * When a commit happened, as events tell it: a second, and a number that grows within it.
 *
 * @param seconds since 1970
 * @param increment the commit's number, as much of it as a timestamp can hold
 */
record ClusterTime(long seconds, long increment) implements Comparable<ClusterTime> {

    private static final long MILLIS_PER_SECOND = 1000;

    static ClusterTime of(ChangeBatch batch) {
        return new ClusterTime(
                batch.millis() / MILLIS_PER_SECOND, batch.sequence() & Integer.MAX_VALUE);
    }

    static ClusterTime of(TimestampValue time) {
        return new ClusterTime(
                Integer.toUnsignedLong(time.seconds()), Integer.toUnsignedLong(time.increment()));
    }

    TimestampValue toTimestamp() {
        return new TimestampValue((int) seconds, (int) increment);
    }

    /** The beginning of its second. */
    Instant second() {
        return Instant.ofEpochSecond(seconds);
    }

    @Override
    public int compareTo(ClusterTime other) {
        int bySecond = Long.compare(seconds, other.seconds);
        return bySecond != 0 ? bySecond : Long.compare(increment, other.increment);
    }
}
