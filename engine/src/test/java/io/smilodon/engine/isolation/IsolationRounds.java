package io.smilodon.engine.isolation;

import java.util.List;

/** The isolation campaign, history by history. */
public final class IsolationRounds {

    private IsolationRounds() {}

    /**
     * Runs one history.
     *
     * @param kind which workload, level and way to end, in turn
     * @return what its level forbids and is there all the same
     */
    public static List<String> history(int kind, long seed, int transactions, int threads)
            throws InterruptedException {
        return new IsolationCampaign(transactions, threads)
                .history(kind, seed).stream().map(String::valueOf).toList();
    }
}
