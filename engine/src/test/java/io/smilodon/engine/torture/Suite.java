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
     *
     * @throws SuiteSkipped if it cannot run on this machine
     */
    void run(Round round) throws Exception;

    /** The seed of a round of a campaign. */
    default long seed(long campaign, long round) {
        return Seed.of(campaign, facts().name(), round);
    }

    /**
     * What the report says of a suite.
     *
     * @param name short, as in the test programme
     * @param title what happens
     * @param unit what is counted
     * @param goal how many are to be done in one campaign
     * @param weight about the share of the time that it needs for its goal; it gets twice that at
     *     most, while others are below theirs
     */
    record Facts(String name, String title, String unit, long goal, int weight) {}
}
