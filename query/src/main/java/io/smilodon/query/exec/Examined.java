package io.smilodon.query.exec;

/**
 * What plans have read for one request: each of their stages counts here what it reads. Not
 * thread-safe: it belongs to the thread that works on the request.
 */
public final class Examined {

    private long keys;
    private long documents;
    private boolean hasSorted;

    void addKeys(long count) {
        keys += count;
    }

    void addDocuments(long count) {
        documents += count;
    }

    /** Documents have been put in order instead of being read so. */
    void sorts() {
        hasSorted = true;
    }

    /** Whether documents were put in order instead of being read so. */
    public boolean hasSorted() {
        return hasSorted;
    }

    /** Index entries that were read. */
    public long keys() {
        return keys;
    }

    /** Documents that were read. */
    public long documents() {
        return documents;
    }
}
