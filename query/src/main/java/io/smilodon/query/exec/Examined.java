package io.smilodon.query.exec;

/**
 * What plans have read for one request: each of their stages counts here what it reads. Not
 * thread-safe: it belongs to the thread that works on the request.
 */
public final class Examined {

    private long keys;
    private long documents;

    void addKeys(long count) {
        keys += count;
    }

    void addDocuments(long count) {
        documents += count;
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
