package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.CommitSearch;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.CommitAges;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The window of the past that can be read. Its older end, the horizon, moves with time; what lies
 * before it may already have been merged away. Thread-safe.
 */
final class History {

    private final LongSupplier wallMillis;
    private final Function<Instant, OptionalLong> sequenceAt;
    private final LongSupplier horizon;
    private final LongSupplier visible;

    /**
     * @param wallMillis milliseconds since 1970
     * @param sequenceAt the last commit at or before an instant, if that is known
     * @param horizon {@link #horizon()}
     * @param visible the last visible commit
     */
    History(
            LongSupplier wallMillis,
            Function<Instant, OptionalLong> sequenceAt,
            LongSupplier horizon,
            LongSupplier visible) {
        this.wallMillis = wallMillis;
        this.horizon = horizon;
        this.sequenceAt = sequenceAt;
        this.visible = visible;
    }

    /** The window of a store whose log has been read. */
    static History of(
            RetentionSettings settings, Clocks clocks, CommitSearch log, LongSupplier visible) {
        CommitAges ages = new CommitAges(settings.historyMillis(), settings.historyBytes(), clocks);
        log.times().measure(ages);
        return new History(
                clocks.wallMillis(), log::sequenceAt, horizon(settings, ages, visible), visible);
    }

    /** The horizon as the ages of commits tell it, whatever the wall clock does. */
    static LongSupplier horizon(RetentionSettings settings, CommitAges ages, LongSupplier visible) {
        return settings.historyMillis() == 0 || settings.historyBytes() == 0
                ? visible
                : () -> Math.min(ages.lastBeforeWindow().orElse(0), visible.getAsLong());
    }

    /** The oldest commit as of which there may be readers; 0 if that is not known. */
    long horizon() {
        return horizon.getAsLong();
    }

    /** Checks a commit as of which somebody wants to read. */
    void requireKept(long sequence, Tables.Pin now) {
        if (sequence < 0 || sequence > now.sequence()) {
            throw future(Map.of("sequence", sequence, "newest", now.sequence()));
        }
        long oldest = Math.max(horizon(), now.view().lost().floor());
        if (sequence < Math.min(oldest, now.sequence())) {
            throw StoreSnapshot.tooOld(
                    "The state as of that commit is no longer kept",
                    Map.of("sequence", sequence, "oldest", oldest));
        }
    }

    private static SmilodonException future(Map<String, Object> details) {
        return new SmilodonException(ErrorCode.BAD_VALUE, "There is no such commit yet", details);
    }

    /** The last commit at or before an instant. */
    long sequenceAt(Instant instant) {
        long now = wallMillis.getAsLong();
        if (instant.toEpochMilli() > now) {
            throw future(Map.of("instant", instant.toString(), "now", Instant.ofEpochMilli(now)));
        }
        return Math.min(
                sequenceAt
                        .apply(instant)
                        .orElseThrow(
                                () ->
                                        StoreSnapshot.tooOld(
                                                "Which commit was the last then is not known",
                                                Map.of("instant", instant.toString()))),
                visible.getAsLong());
    }
}
