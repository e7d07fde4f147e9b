package io.smilodon.engine.torture;

import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import java.util.Random;

/**
 * A6: the n-th input or output fails, for every n until none does; once or from then on, in every
 * way a disk can. What was acknowledged stays, what was refused never comes back, nothing hangs.
 */
final class FaultPointSuite implements Suite {

    private static final Facts FACTS = new Facts("A6", "The n-th I/O fails", "runs", 10_000, 24);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Random random = round.random();
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        boolean isForever = random.nextInt(3) == 0;
        boolean isRecovery = random.nextInt(4) == 0;
        int times = isForever ? Integer.MAX_VALUE : 1;
        boolean hasFailed = true;
        for (int point = 0; hasFailed && !round.isOver(); point++) {
            FaultRule rule = FaultRule.after(point, times, fault);
            FaultRun run = new FaultRun(round.seed(), rule, isRecovery);
            try {
                hasFailed = run.run();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        fault
                                + " at "
                                + point
                                + (isForever ? " for ever" : " once")
                                + (isRecovery ? " in recovery: " : ": ")
                                + failure,
                        failure);
            }
            round.count(1);
            round.count(fault.toString(), 1);
            round.count("points", isForever ? 0 : 1);
        }
    }
}
