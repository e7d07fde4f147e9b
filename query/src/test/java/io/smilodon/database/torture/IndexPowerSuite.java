package io.smilodon.database.torture;

import io.smilodon.database.IndexedWork;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import java.util.Random;

/**
 * A3i: the power fails at any operation of a machine on which documents change, expire and are
 * pushed out of a capped collection, while indexes of every kind are built and dropped. Afterwards
 * each index has the entries of its documents, and answers as a scan does, searches too.
 */
public final class IndexPowerSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A3i", "power losses under every kind of index", "power losses", 3_000, 8);

    private static final int STEPS = 30;
    private static final int LOSSES = 6;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) {
        Random random = round.random();
        IndexedWork work = new IndexedWork(round.seed(), STEPS);
        CrashPolicy[] policies = CrashPolicy.values();
        for (int loss = 0; loss < LOSSES && !round.isOver(); loss++) {
            long operations = random.nextLong(work.operations());
            CrashPolicy policy = policies[random.nextInt(policies.length)];
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            int acknowledged = work.run(directory);
            try {
                work.checkAfterCrash(
                        directory.afterCrash(policy, round.seed() + loss), acknowledged);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        policy + " after " + operations + " operations: " + failure, failure);
            }
            round.count(1);
        }
        round.count("random works", 1);
    }
}
