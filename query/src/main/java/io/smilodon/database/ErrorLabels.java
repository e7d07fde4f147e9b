package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Set;

/** MongoDB's labels, by which programs decide what to do about an error of a transaction. */
public final class ErrorLabels {

    /** Nothing has happened: the whole transaction may be run again. */
    public static final String TRANSIENT = "TransientTransactionError";

    /** It may have happened: only the commit may be tried again. */
    public static final String UNKNOWN_COMMIT = "UnknownTransactionCommitResult";

    /** A write that may have happened: it may be sent again under the same request id. */
    public static final String RETRYABLE = "RetryableWriteError";

    /** Nothing has been done: it may be sent again, whatever it was. */
    public static final String RETRYABLE_ANY = "RetryableError";

    /** There is too much to do: who sends again should wait a while before. */
    public static final String OVERLOADED = "SystemOverloadedError";

    private static final Set<ErrorCode> TRANSIENT_CODES =
            Set.of(
                    ErrorCode.WRITE_CONFLICT,
                    ErrorCode.SNAPSHOT_TOO_OLD,
                    ErrorCode.NO_SUCH_TRANSACTION);

    /** A change stream that can be gone on with from its last token. */
    public static final String RESUMABLE = "ResumableChangeStreamError";

    /** A change stream that has to begin anew. */
    public static final String NOT_RESUMABLE = "NonResumableChangeStreamError";

    private static final Set<ErrorCode> FATAL_TO_STREAMS =
            Set.of(ErrorCode.CHANGE_STREAM_FATAL, ErrorCode.CHANGE_STREAM_HISTORY_LOST);

    private static final Set<ErrorCode> NAMED_AGAIN =
            Set.of(ErrorCode.COMMIT_UNKNOWN, ErrorCode.SHUTDOWN_IN_PROGRESS);

    private ErrorLabels() {}

    /** The error of a change stream, labelled. */
    static SmilodonException ofChangeStream(SmilodonException failure) {
        if (FATAL_TO_STREAMS.contains(failure.code())) {
            return failure.withLabel(NOT_RESUMABLE);
        }
        return failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)
                ? failure.withLabel(RESUMABLE)
                : failure;
    }

    /** The error of a statement in a transaction, labelled. */
    static SmilodonException ofStatement(SmilodonException failure) {
        return TRANSIENT_CODES.contains(failure.code()) ? failure.withLabel(TRANSIENT) : failure;
    }

    /** The error of a statement whose client comes again, also when the server is back. */
    static SmilodonException ofSession(SmilodonException failure) {
        return failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)
                ? failure.withLabel(TRANSIENT)
                : ofStatement(failure);
    }

    /** The error of a commit that its client sends again, also when the server is back. */
    static SmilodonException ofSessionCommit(SmilodonException failure) {
        return failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)
                ? failure.withLabel(UNKNOWN_COMMIT).withLabel(RETRYABLE)
                : ofStatement(failure);
    }

    /** The error of a write that has a name, labelled. */
    static SmilodonException ofNamedWrite(SmilodonException failure) {
        return NAMED_AGAIN.contains(failure.code()) ? failure.withLabel(RETRYABLE) : failure;
    }

    /** The error of a commit, labelled. */
    static SmilodonException ofCommit(SmilodonException failure) {
        if (failure.code().equals(ErrorCode.COMMIT_UNKNOWN)) {
            return failure.withLabel(UNKNOWN_COMMIT);
        }
        return failure.code().equals(ErrorCode.WRITE_CONFLICT)
                ? failure.withLabel(TRANSIENT)
                : failure;
    }
}
