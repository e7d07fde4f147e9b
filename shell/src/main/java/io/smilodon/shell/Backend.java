package io.smilodon.shell;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/** The database that the shell talks to: in this process, or behind a URL. One thread. */
interface Backend extends AutoCloseable {

    /** Carries out an action of the action table on a collection. */
    Document run(Target target, String action, Document body);

    /**
     * Carries out one of MongoDB's commands; an error is an answer too.
     *
     * @param transaction the id of the transaction that it belongs to
     */
    Document command(String database, Document command, Optional<String> transaction);

    /** Begins a transaction; its id. */
    String begin(Document options);

    /** Commits a transaction. */
    void commit(String transaction);

    /** Aborts a transaction. */
    void abort(String transaction);

    /** The next batch of a cursor: {@code documents} and {@code cursor.id}. */
    Document next(String cursorId, int batchSize);

    void closeCursor(String cursorId);

    /** Name, documents and bytes of each. */
    List<Document> databases();

    /** Name, documents, bytes and indexes of each. */
    List<Document> collections(String database);

    /** Whether the collection was not there before. */
    boolean createCollection(String database, String collection, Document options);

    List<Document> indexes(String database, String collection);

    /** Puts a blob under a key of a bucket, whether or not there is one. */
    void putBlob(String bucket, String key, byte[] blob);

    /** A blob; empty if there is none. */
    Optional<byte[]> getBlob(String bucket, String key);

    /** Deletes a blob; an error if there is none. */
    void deleteBlob(String bucket, String key);

    /** Key and bytes of each blob whose key begins with a prefix, in order, at most so many. */
    List<Document> blobs(String bucket, String prefix, int limit);

    /** Whether the bucket was there. */
    boolean dropBucket(String bucket);

    /** Where it is, for the greeting. */
    String place();

    @Override
    void close();
}
