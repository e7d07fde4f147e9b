package io.smilodon.bench.work;

/** Something to do with a peer that is measured. */
@FunctionalInterface
public interface Workload {

    /**
     * Does one round.
     *
     * @param millis how long, where that is not given by the number of documents
     */
    Measured run(Session session, long millis) throws Exception;
}
