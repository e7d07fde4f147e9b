package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Set;

/** What the failure of one write means to those that follow it in a batch. */
public enum WriteFailure {
    /** It is that write's own: the others may go well. */
    OWN,
    /** It is the failure of the whole: nothing that follows would go better, or be tried. */
    FATAL;

    private static final Set<ErrorCode> FATAL_CODES =
            Set.of(
                    ErrorCode.SHUTDOWN_IN_PROGRESS,
                    ErrorCode.COMMIT_UNKNOWN,
                    ErrorCode.OUT_OF_DISK_SPACE,
                    ErrorCode.INTERRUPTED,
                    ErrorCode.MAX_TIME_EXPIRED);

    /** What this failure means. */
    public static WriteFailure of(SmilodonException failure) {
        return FATAL_CODES.contains(failure.code()) ? FATAL : OWN;
    }
}
