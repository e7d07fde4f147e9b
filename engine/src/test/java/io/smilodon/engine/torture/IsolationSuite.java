package io.smilodon.engine.torture;

import io.smilodon.engine.isolation.IsolationRounds;
import java.util.List;

/** C3 and C4: histories of transactions, also over crashes, and registers; no anomaly. */
final class IsolationSuite implements Suite {

    private static final Facts FACTS =
            new Facts("C3", "Isolation and linearizability", "histories", 500, 12);

    private static final int TRANSACTIONS = 1_000;
    private static final int THREADS = 6;
    private static final int KINDS = 26;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        int kind = Math.floorMod(round.seed(), KINDS);
        List<String> findings = IsolationRounds.history(kind, round.seed(), TRANSACTIONS, THREADS);
        if (!findings.isEmpty()) {
            throw new AssertionError("history of kind " + kind + ": " + findings);
        }
        round.count(1);
        round.count("transactions", TRANSACTIONS);
    }
}
