package io.smilodon.index.text.lucene;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** What can go wrong with a Lucene index. */
public final class LuceneErrors {

    /** MongoDB's code of what its search says. */
    private static final ErrorCode FAILED = new ErrorCode(8, "UnknownError");

    private LuceneErrors() {}

    static SmilodonException tooManyFields(int max) {
        return new SmilodonException(
                        FAILED,
                        "The documents have too many fields for the mappings of the search index",
                        Map.of("max", max))
                .withHint("name the fields that are searched, without dynamic mappings");
    }

    /** Whether it is of no use to read or build the index again, as it is defined. */
    static boolean isLasting(Throwable failure) {
        return failure instanceof SmilodonException known && known.code().equals(FAILED);
    }

    public static SmilodonException unreadable(Throwable failure) {
        return new SmilodonException(
                ErrorCode.INTERNAL_ERROR,
                "The search index cannot be read; it will be built anew",
                Map.of("reason", String.valueOf(failure.getMessage())),
                failure);
    }

    static SmilodonException tooOld(long sequence, Exception reason) {
        return new SmilodonException(
                ErrorCode.SNAPSHOT_TOO_OLD,
                "The search index no longer knows what changed since this snapshot",
                Map.of("sequence", sequence, "reason", String.valueOf(reason.getMessage())),
                reason);
    }

    static SmilodonException dropped(int indexId) {
        return new SmilodonException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "The search index has been dropped or changed",
                        Map.of("indexId", indexId))
                .withHint("search again, in the present state");
    }

    static SmilodonException closed() {
        return new SmilodonException(
                ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
    }
}
