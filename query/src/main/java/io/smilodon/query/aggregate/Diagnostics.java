package io.smilodon.query.aggregate;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/**
 * What the server knows of the collection that a pipeline begins with, and of itself. Every method
 * throws a {@link io.smilodon.engine.error.SmilodonException} where the collection is not of the
 * kind that it tells of.
 */
public interface Diagnostics {

    /** The full name of the collection. */
    String namespace();

    /** The machine that the server runs on. */
    String host();

    /**
     * How large it is, as {@code collStats} tells it.
     *
     * @param scale how many bytes are one
     */
    Document storage(long scale);

    /** How many documents it has, approximately while others write. */
    long documentCount();

    /**
     * How long the requests on it took.
     *
     * @param withBuckets whether it is told how many took how long
     */
    Document latencies(boolean withBuckets);

    /** How many plans have looked at all of its documents. */
    long scanCount();

    /** Each index with how often it was used. */
    List<Document> indexUses();

    /** Each shape of queries with the plan that is remembered for it. */
    List<Document> planCache();

    /**
     * Each shape of queries of all collections, with what they cost.
     *
     * @param hmacKey makes names unreadable
     */
    List<Document> queryStatistics(Optional<BinaryValue> hmacKey);

    /**
     * What is settled of queries, by their shapes.
     *
     * @param withShapes whether the shapes are told too
     */
    List<Document> querySettings(boolean withShapes);

    /**
     * Refuses to tell of the server where the pipeline is not about it: {@code {aggregate: 1}} on
     * {@code admin}.
     *
     * @param stage what tells
     */
    void requireServer(String stage);

    /**
     * The requests that are being carried out: those of who asks, unless he wants those of all.
     *
     * @param ofAllUsers whether those of others are listed too
     * @param withIdleCursors whether cursors that wait for their reader are listed too
     */
    List<Document> operations(boolean ofAllUsers, boolean withIdleCursors);
}
