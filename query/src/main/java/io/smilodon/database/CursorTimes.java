package io.smilodon.database;

import io.smilodon.engine.value.BinaryValue;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Until when cursors wait for their readers. Those that are kept longer live as long as the session
 * that has opened them is in use. Thread-safe.
 */
final class CursorTimes {

    /** When the sessions were used last that have cursors which live as long as they. */
    private final Map<BinaryValue, Long> keeping = new ConcurrentHashMap<>();

    private final Clock clock;
    private volatile long idleMillisMax;

    CursorTimes(Clock clock, long idleMillisMax) {
        this.clock = clock;
        this.idleMillisMax = idleMillisMax;
    }

    long now() {
        return clock.millis();
    }

    /** How long a cursor waits for its next batch. */
    long idleMillisMax() {
        return idleMillisMax;
    }

    void setIdleMillisMax(long millis) {
        idleMillisMax = millis;
    }

    /** A session is in use. */
    void use(BinaryValue session) {
        keeping.computeIfPresent(session, (same, before) -> now());
    }

    /**
     * A cursor begins to wait.
     *
     * @return until when it does at least
     */
    long begin(WaitingCursor waiting) {
        if (waiting.cursor().isKeptLonger()) {
            waiting.owner()
                    .session()
                    .ifPresent(session -> keeping.put(session, waiting.sinceMillis()));
        }
        return waiting.sinceMillis() + idleMillisMax(waiting.cursor());
    }

    /** Until when a cursor waits for its reader. */
    long end(WaitingCursor waiting) {
        long used =
                waiting.cursor().isKeptLonger()
                        ? waiting.owner()
                                .session()
                                .map(id -> keeping.getOrDefault(id, 0L))
                                .orElse(0L)
                        : 0;
        return Math.max(waiting.sinceMillis(), used) + idleMillisMax(waiting.cursor());
    }

    /** Forgets all other sessions. */
    void retain(Set<BinaryValue> sessions) {
        keeping.keySet().retainAll(sessions);
    }

    private long idleMillisMax(ParkedCursor cursor) {
        long millis = idleMillisMax;
        return cursor.isKeptLonger() ? Math.max(millis, CursorRegistry.KEPT_MILLIS_MAX) : millis;
    }
}
