package io.smilodon.bench.work;

/** Something to do with a peer that is measured. */
@FunctionalInterface
public interface Workload {

    /**
     * Compares the peer's answers with what the documents say, where the workload has answers of
     * its own.
     *
     * @throws AssertionError at the first wrong answer
     */
    default void check(Session session) throws Exception {}

    /**
     * Does one round.
     *
     * @param millis how long, where that is not given by the number of documents
     */
    Measured run(Session session, long millis) throws Exception;
}
