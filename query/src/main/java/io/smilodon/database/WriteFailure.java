package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** What the failure of one write means to those that follow it in a batch. */
public enum WriteFailure {
    /** It is that write's own: the others may go well. */
    OWN,
    /** It is reported for that write, and no other is tried: the request has been ended. */
    LAST,
    /** It is the failure of the whole: nothing that follows would go better. */
    FATAL;

    private static final Map<ErrorCode, WriteFailure> BY_CODE =
            Map.of(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, FATAL,
                    ErrorCode.COMMIT_UNKNOWN, FATAL,
                    ErrorCode.OUT_OF_DISK_SPACE, FATAL,
                    ErrorCode.INTERRUPTED, LAST,
                    ErrorCode.MAX_TIME_EXPIRED, LAST);

    /** What this failure means. */
    public static WriteFailure of(SmilodonException failure) {
        return BY_CODE.getOrDefault(failure.code(), OWN);
    }
}
