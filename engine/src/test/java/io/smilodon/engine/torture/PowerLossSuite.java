package io.smilodon.engine.torture;

import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import java.util.List;
import java.util.Random;

/**
 * A3: the power fails at every input and output of scripted workloads, during recovery too, and
 * leaves every combination, or many, of what had not been synced. It also fails during the recovery
 * from a kill, which has read what the system had in memory and the disk may not have.
 */
final class PowerLossSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A3", "Power loss at every I/O", "power-loss states", 1_000_000, 30);

    /** Of so many moments, the recovery of one image is crashed at every I/O as well. */
    private static final int RECOVERY_EVERY = 23;

    /** Of so many moments, one is a kill, and the recovery from it is crashed at every I/O. */
    private static final int KILL_EVERY = 19;

    /** What a policy leaves after a kill, so many times. */
    private static final int SEEDS = 2;

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
            if (Math.floorMod(index - round.seed(), KILL_EVERY) == 0) {
                recoverFromKill(round, run, verdicts, index);
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
        List<DiskState> moments = verdicts.recovery(first.toDirectory()).moments();
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

    /** The process dies, and while the next one recovers so does that, or the power fails. */
    private static void recoverFromKill(
            Round round, ScriptRun run, CrashVerdicts verdicts, int index) {
        ScriptRun.Moment moment = run.moments().get(index);
        int seen = verdicts.rank(moment.state().image(change -> true));
        int safe = run.rankOfSequence(moment.durable());
        CrashVerdicts.Recovery first = verdicts.recovery(moment.state().afterKill());
        requireBetween(round, verdicts, new Killed("kill at " + index, first, safe, seen));
        int second = new Random(round.seed() + index).nextInt(first.served());
        DiskState again = first.moments().get(second);
        requireBetween(
                round,
                verdicts,
                new Killed(
                        "kills at " + index + " and at " + second + " of the recovery",
                        verdicts.recovery(again.afterKill()),
                        safe,
                        seen));
    }

    /**
     * A recovery from a kill.
     *
     * @param where it was killed
     * @param safe how many commits were durable then
     * @param seen how many there were for whoever did not lose the power
     */
    private record Killed(String where, CrashVerdicts.Recovery recovery, int safe, int seen) {

        /** What the opened store has shown is never lost any more. */
        int least(int moment) {
            return moment < recovery.served() ? safe : seen;
        }
    }

    private static void requireBetween(Round round, CrashVerdicts verdicts, Killed killed) {
        List<DiskState> moments = killed.recovery().moments();
        for (int index = 0; index < moments.size() && !round.isOver(); index++) {
            for (CrashPolicy policy : CrashPolicy.values()) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    DiskImage image = moments.get(index).image(policy, round.seed() + seed);
                    int least =
                            policy == CrashPolicy.KEEP_ALL ? killed.seen() : killed.least(index);
                    try {
                        int found = verdicts.rank(image);
                        if (found < least || found > killed.seen()) {
                            throw new AssertionError(
                                    "found " + found + " commits of " + killed.seen());
                        }
                    } catch (RuntimeException | AssertionError failure) {
                        throw new StateFailure(
                                killed.where() + ", moment " + index + ", " + policy + ", " + seed,
                                image,
                                failure);
                    }
                }
            }
            int states = CrashPolicy.values().length * SEEDS;
            round.count(states);
            round.count("states during recovery from a kill", states);
        }
        round.count("recoveries from a kill", 1);
    }
}
