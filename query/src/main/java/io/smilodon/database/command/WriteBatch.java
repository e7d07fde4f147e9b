package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/**
 * Writes that are carried out one after the other, each of which may fail on its own. In a
 * transaction the first failure ends it all.
 *
 * @param isOrdered whether to stop at the first failure instead of trying the rest
 * @param isWhole whether the writes belong to a transaction
 */
record WriteBatch(boolean isOrdered, boolean isWhole) {

    private static final int COUNT_MAX = 100_000;
    private static final ErrorCode INVALID_LENGTH = new ErrorCode(16, "InvalidLength");

    /** After these nothing that follows would go better. */
    private static final Set<ErrorCode> FATAL =
            Set.of(
                    ErrorCode.SHUTDOWN_IN_PROGRESS,
                    ErrorCode.COMMIT_UNKNOWN,
                    ErrorCode.OUT_OF_DISK_SPACE);

    private static final Set<ErrorCode> LAST =
            Set.of(ErrorCode.INTERRUPTED, ErrorCode.MAX_TIME_EXPIRED);

    /** One write, by its position. */
    interface Step {
        void run(int index);
    }

    /** Takes a failure into account. */
    interface Failed {
        void with(int index, SmilodonException failure);
    }

    static void checkSize(int count) {
        if (count == 0 || count > COUNT_MAX) {
            throw new SmilodonException(
                    INVALID_LENGTH,
                    "Write batch sizes must be between 1 and 100000",
                    Map.of("actual", count));
        }
    }

    void run(int count, Step step, Failed failed) {
        checkSize(count);
        for (int index = 0; index < count; index++) {
            try {
                step.run(index);
            } catch (SmilodonException failure) {
                if (isWhole || FATAL.contains(failure.code())) {
                    throw failure;
                }
                failed.with(index, failure);
                if (isOrdered || LAST.contains(failure.code())) {
                    return;
                }
            }
        }
    }
}
