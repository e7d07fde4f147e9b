package io.smilodon.index.text.lucene;

import java.util.logging.Logger;

/**
 * Keeps one line of Lucene's out of the log: that vectors would be faster with a module that is
 * still in incubation, which is no news to who runs a database. All others are written.
 */
final class LuceneLog {

    private static final String LINE = "Java vector incubator module is not readable.";

    /** Held, for a logger that nobody holds forgets its filter. */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private LuceneLog() {}

    static void quieten() {
        VECTORS.setFilter(record -> !record.getMessage().startsWith(LINE));
    }
}
