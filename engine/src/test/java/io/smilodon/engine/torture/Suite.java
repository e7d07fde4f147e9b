package io.smilodon.engine.torture;

/**
 * One kind of test that can go on for ever: each round follows from its seed. Thread-safe: rounds
 * run side by side.
 */
public interface Suite {

    Facts facts();

    /**
     * Runs one round. Whatever it throws is a failure of that seed, except that a round which is
     * over may stop early.
     */
    void run(Round round) throws Exception;

    /**
     * What the report says of a suite.
     *
     * @param name short, as in the test programme
     * @param title what happens
     * @param unit what is counted
     * @param goal how many are to be done in one campaign
     * @param weight its share of the time
     */
    record Facts(String name, String title, String unit, long goal, int weight) {}
}
