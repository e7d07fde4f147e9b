package io.smilodon.engine.feed;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What may go wrong with a feed. Pure functions. */
final class FeedErrors {

    private static final String BEGIN_ANEW =
            "Read the present state in a snapshot and begin a feed behind its sequence.";

    private FeedErrors() {}

    /** Log files that are needed have been deleted. */
    static SmilodonException deleted(long sequence, long oldest) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("sequence", sequence);
        details.put("oldest", oldest);
        return new SmilodonException(
                        ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                        "The log behind that commit is no longer kept",
                        details)
                .withHint(BEGIN_ANEW + " The settings of retention say how much log is kept.");
    }

    /** A token names a commit that there is no more. */
    static SmilodonException lost(FeedToken token, Map<String, Object> found) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("sequence", token.sequence());
        details.put("millis", token.millis());
        details.putAll(found);
        return new SmilodonException(
                        ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                        "The commit of that token is not in this store",
                        details)
                .withHint(
                        "It was lost because it had not been synced, or the store was restored. "
                                + BEGIN_ANEW);
    }

    static SmilodonException future(Map<String, Object> details) {
        return new SmilodonException(ErrorCode.BAD_VALUE, "There is no such commit yet", details);
    }

    static SmilodonException tooMany(int max) {
        return new SmilodonException(
                ErrorCode.EXCEEDED_MEMORY_LIMIT,
                "Too many change feeds are open",
                Map.of("maximum", max));
    }

    static SmilodonException closed() {
        return new SmilodonException(
                ErrorCode.SHUTDOWN_IN_PROGRESS, "The change feed has been closed");
    }

    static SmilodonException storeClosed() {
        return new SmilodonException(
                ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
    }

    static SmilodonException unreadable(String file, IOException failure) {
        return new SmilodonException(
                ErrorCode.INTERNAL_ERROR,
                "A file could not be read",
                Map.of("file", file, "cause", failure.toString()),
                failure);
    }
}
