package io.smilodon.database;

import io.smilodon.query.exec.OperationScope;
import java.util.Optional;

/** One batch that somebody is reading; another of the same cursor is not equal to it. */
final class CursorReading {

    private final ParkedCursor cursor;
    private final CursorOwner owner;
    private final long sinceMillis;
    private final Optional<CursorProgress> before;

    /** The first one. */
    CursorReading(ParkedCursor cursor, CursorOwner owner, long sinceMillis) {
        this(cursor, owner, sinceMillis, Optional.empty());
    }

    /** Another one. */
    CursorReading(WaitingCursor waiting) {
        this(
                waiting.cursor(),
                waiting.owner(),
                waiting.sinceMillis(),
                Optional.of(waiting.progress()));
    }

    private CursorReading(
            ParkedCursor cursor,
            CursorOwner owner,
            long sinceMillis,
            Optional<CursorProgress> before) {
        this.cursor = cursor;
        this.owner = owner;
        this.sinceMillis = sinceMillis;
        this.before = before;
    }

    ParkedCursor cursor() {
        return cursor;
    }

    CursorOwner owner() {
        return owner;
    }

    /** Tells that the request of this thread goes on with what another has begun. */
    void tell() {
        if (!cursor.planSummary().isEmpty()) {
            OperationScope.goesOnWith(cursor.planSummary());
        }
        before.ifPresent(
                progress -> {
                    progress.origin().goOn();
                    RunningOperation.current().ifPresent(reader -> reader.reads(progress));
                });
    }

    /** The cursor behind this batch, if it goes on. */
    WaitingCursor ended(String id, int count, long nowMillis) {
        CursorProgress progress =
                before.orElseGet(
                        () -> CursorProgress.begin(id, CursorOrigin.of(cursor, sinceMillis)));
        return new WaitingCursor(cursor, owner, progress.behind(count, nowMillis));
    }
}
