package io.smilodon.engine.torture;

import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import java.util.Random;

/**
 * A6: the n-th input or output fails, for every n until none does; once or from then on, in every
 * way a disk can. What was acknowledged stays, what was refused never comes back, nothing hangs.
 */
final class FaultPointSuite implements Suite {

    private static final Facts FACTS = new Facts("A6", "The n-th I/O fails", "points", 11_000, 24);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Random random = round.random();
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        boolean isForever = random.nextInt(3) == 0;
        FaultPhase phase = FaultPhase.values()[random.nextInt(FaultPhase.values().length)];
        boolean isBackup = phase == FaultPhase.BACKUP;
        int times = isForever ? Integer.MAX_VALUE : 1;
        int passed = 0;
        for (int point = 0; passed < (isBackup ? 2 : 1) && !round.isOver(); point++) {
            FaultRule rule = FaultRule.after(point, times, fault);
            FaultRun run = new FaultRun(round.seed(), rule, phase);
            try {
                passed = run.run() ? 0 : passed + 1;
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        fault
                                + " at "
                                + point
                                + (isForever ? " for ever" : " once")
                                + " at "
                                + phase
                                + ": "
                                + failure,
                        failure);
            }
            round.count(1);
            round.count(fault.toString(), 1);
            round.count("at " + phase, 1);
        }
    }
}
