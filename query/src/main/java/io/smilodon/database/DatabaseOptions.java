package io.smilodon.database;

import io.smilodon.engine.store.StorageOptions;
import io.smilodon.query.exec.OperationLimits;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a database uses memory, disk and time.
 *
 * @param storage how the byte store below uses memory and disk
 * @param conflictMillisMax how long a write that others outrun is run again before it fails
 * @param cursorIdleMillisMax how long a cursor waits for its next batch
 * @param cursorCounts how many cursors may be open at a time
 * @param clock tells how long a cursor was idle, and whether a document has expired
 * @param scrub how often all data is read and checked again in the background
 * @param operations how much time, memory and temporary disk operations may take
 * @param ttl how documents are removed that have expired
 */
public record DatabaseOptions(
        StorageOptions storage,
        long conflictMillisMax,
        long cursorIdleMillisMax,
        CursorLimits cursorCounts,
        Clock clock,
        ScrubSettings scrub,
        OperationLimits operations,
        TtlSettings ttl) {

    public static final DatabaseOptions DEFAULTS =
            new DatabaseOptions(
                    StorageOptions.DEFAULTS,
                    60_000,
                    10 * 60_000,
                    CursorLimits.DEFAULTS,
                    Clock.systemUTC(),
                    ScrubSettings.DEFAULTS,
                    OperationLimits.DEFAULTS,
                    TtlSettings.DEFAULTS);

    public DatabaseOptions {
        checkPositive("conflictMillisMax", conflictMillisMax);
        checkPositive("cursorIdleMillisMax", cursorIdleMillisMax);
    }

    private static void checkPositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }

    public DatabaseOptions withStorage(StorageOptions options) {
        return new DatabaseOptions(
                options,
                conflictMillisMax,
                cursorIdleMillisMax,
                cursorCounts,
                clock,
                scrub,
                operations,
                ttl);
    }

    /** Copies finished log files to this directory, best on another disk. */
    public DatabaseOptions withArchive(Path directory) {
        return withStorage(storage.withArchive(storage.archive().withPath(directory)));
    }

    public DatabaseOptions withConflictMillisMax(long millis) {
        return new DatabaseOptions(
                storage, millis, cursorIdleMillisMax, cursorCounts, clock, scrub, operations, ttl);
    }

    public DatabaseOptions withCursorIdleMillisMax(long millis) {
        return new DatabaseOptions(
                storage, conflictMillisMax, millis, cursorCounts, clock, scrub, operations, ttl);
    }

    public DatabaseOptions withCursorCounts(CursorLimits counts) {
        return new DatabaseOptions(
                storage,
                conflictMillisMax,
                cursorIdleMillisMax,
                counts,
                clock,
                scrub,
                operations,
                ttl);
    }

    public DatabaseOptions withClock(Clock source) {
        return new DatabaseOptions(
                storage,
                conflictMillisMax,
                cursorIdleMillisMax,
                cursorCounts,
                source,
                scrub,
                operations,
                ttl);
    }

    public DatabaseOptions withScrub(ScrubSettings settings) {
        return new DatabaseOptions(
                storage,
                conflictMillisMax,
                cursorIdleMillisMax,
                cursorCounts,
                clock,
                settings,
                operations,
                ttl);
    }

    public DatabaseOptions withTtl(TtlSettings changed) {
        return new DatabaseOptions(
                storage,
                conflictMillisMax,
                cursorIdleMillisMax,
                cursorCounts,
                clock,
                scrub,
                operations,
                changed);
    }

    public DatabaseOptions withOperations(OperationLimits limits) {
        return new DatabaseOptions(
                storage,
                conflictMillisMax,
                cursorIdleMillisMax,
                cursorCounts,
                clock,
                scrub,
                limits,
                ttl);
    }
}
