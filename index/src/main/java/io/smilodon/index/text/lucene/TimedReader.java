package io.smilodon.index.text.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.QueryTimeout;

/**
 * A reader whose terms, points, doc values and vectors ask the caller now and then for time: for
 * the parts of a search that run before its documents are scored, such as finding all the terms of
 * a pattern.
 */
final class TimedReader {

    private TimedReader() {}

    static DirectoryReader of(DirectoryReader reader, SearchAllowance allowance)
            throws IOException {
        return ExitableDirectoryReader.wrap(reader, timeout(allowance));
    }

    /** The check throws by itself what the caller is to see. */
    static QueryTimeout timeout(SearchAllowance allowance) {
        return () -> {
            allowance.check();
            return false;
        };
    }
}
