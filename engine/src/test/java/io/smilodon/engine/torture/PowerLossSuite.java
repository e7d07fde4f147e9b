package io.smilodon.engine.torture;

import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import java.util.List;

/**
 * A3: the power fails at every input and output of scripted workloads, during recovery too, and
 * leaves every combination, or many, of what had not been synced.
 */
final class PowerLossSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A3", "Power loss at every I/O", "power-loss states", 1_000_000, 30);

    /** Of so many moments, the recovery of one image is crashed at every I/O as well. */
    private static final int RECOVERY_EVERY = 23;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        int number = Math.floorMod(round.seed(), Script.COUNT);
        ScriptRun run = ScriptRun.of(Script.of(number, round.seed()));
        CrashVerdicts verdicts = new CrashVerdicts(run);
        List<ScriptRun.Moment> moments = run.moments();
        for (int index = 0; index < moments.size() && !round.isOver(); index++) {
            verify(round, run, verdicts, index);
            if (index % RECOVERY_EVERY == 0) {
                recover(round, verdicts, moments.get(index).state());
            }
        }
        round.count("images opened", verdicts.images());
        round.count("workloads", 1);
    }

    private static void verify(Round round, ScriptRun run, CrashVerdicts verdicts, int index) {
        ScriptRun.Moment moment = run.moments().get(index);
        DiskState state = moment.state();
        int count = Survivors.count(state.pendingCount());
        int durable = run.rankOfSequence(moment.durable());
        int acknowledged = run.rankOfSequence(moment.acknowledged());
        for (int which = 0; which < count; which++) {
            DiskImage image = state.image(Survivors.of(state.pendingCount(), which, index));
            int floor = Survivors.isEverything(state, which) ? acknowledged : durable;
            try {
                int rank = verdicts.rank(image);
                if (rank < floor || run.commits().highestNumber(rank) > moment.issued()) {
                    throw new AssertionError(
                            "has " + rank + " commits, must have " + floor + " of " + moment);
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new StateFailure(
                        run.script() + ", moment " + index + ", survivors " + which,
                        image,
                        failure);
            }
        }
        round.count(count);
    }

    /** A recovery that is cut short leaves what it found. */
    private static void recover(Round round, CrashVerdicts verdicts, DiskState state) {
        DiskImage first =
                state.image(Survivors.of(state.pendingCount(), (int) (round.seed() & 1), 0));
        int rank = verdicts.rank(first);
        List<DiskState> moments = verdicts.recovery(first);
        for (int index = 0; index < moments.size() && !round.isOver(); index++) {
            DiskState moment = moments.get(index);
            int count = Survivors.count(moment.pendingCount());
            for (int which = 0; which < count; which++) {
                DiskImage image = moment.image(Survivors.of(moment.pendingCount(), which, index));
                int found = verdicts.rank(image);
                if (found != rank) {
                    throw new StateFailure(
                            "recovery, moment " + index + ", survivors " + which,
                            image,
                            new AssertionError("found " + found + " commits, not " + rank));
                }
            }
            round.count(count);
            round.count("states during recovery", count);
        }
    }
}
