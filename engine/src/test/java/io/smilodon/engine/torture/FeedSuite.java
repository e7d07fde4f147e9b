package io.smilodon.engine.torture;

import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.Random;

/**
 * A14: the power fails at a random input or output while a change feed follows the commits. What is
 * left gives the list of its commits; each token goes on there, or is refused since its commit was
 * lost.
 */
final class FeedSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A14", "Change feeds over power losses", "crashes followed", 20_000, 14);

    private static final int CRASHES = 60;
    private static final int OPERATIONS_MAX = 260;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) {
        Random random = round.random();
        for (int crash = 0; crash < CRASHES && !round.isOver(); crash++) {
            SyncMode mode = SyncMode.values()[random.nextInt(SyncMode.values().length)];
            CrashPolicy policy = CrashPolicy.values()[random.nextInt(CrashPolicy.values().length)];
            long operations = random.nextInt(OPERATIONS_MAX);
            FollowedStore store = new FollowedStore(mode, random.nextInt(1 << 20));
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            boolean isFinished = store.run(directory);
            try {
                store.verify(directory.afterCrash(policy, operations));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "after " + operations + " operations, " + policy + ": " + failure, failure);
            }
            round.count(1);
            round.count(isFinished ? "ran to their end" : "stopped", 1);
        }
    }
}
