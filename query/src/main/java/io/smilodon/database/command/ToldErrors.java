package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.query.value.BsonSize;

/**
 * The errors of many writes, of which the first 1 MiB is told in full, and of the others only which
 * they are: as in MongoDB, so that the answer does not grow beyond a message. Not thread-safe.
 */
final class ToldErrors {

    private static final long BYTES_MAX = 1 << 20;

    private long bytes;

    /** What is told of an error. */
    Document told(Document error) {
        if (bytes <= BYTES_MAX) {
            bytes += BsonSize.of(error);
            return error;
        }
        return brief(error);
    }

    /** Which error it is, without what it says. */
    static Document brief(Document error) {
        return Document.builder()
                .put("index", error.get("index"))
                .put("code", error.get("code"))
                .put("errmsg", "")
                .build();
    }
}
