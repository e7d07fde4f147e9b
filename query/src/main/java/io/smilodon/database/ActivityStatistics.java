package io.smilodon.database;

import java.util.Map;

/**
 * What was done with a database since it was opened.
 *
 * @param operations requests by kind, those that write by statement
 * @param requests requests as such
 * @param documents documents that were written and read
 * @param transactions transactions of users
 */
public record ActivityStatistics(
        Map<OperationKind, Long> operations,
        Requests requests,
        Documents documents,
        Transactions transactions) {

    /**
     * Requests.
     *
     * @param all that were begun
     * @param failed those of them that ended with an error
     */
    public record Requests(long all, long failed) {}

    /**
     * Documents.
     *
     * @param deleted those that a capped collection has dropped among them
     * @param returned by cursors
     */
    public record Documents(long inserted, long updated, long deleted, long returned) {}

    /**
     * Transactions.
     *
     * @param aborted by users, by errors, or for their age
     */
    public record Transactions(long started, long committed, long aborted) {}

    public ActivityStatistics {
        operations = Map.copyOf(operations);
    }
}
