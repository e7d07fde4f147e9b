package io.smilodon.engine.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Kills programs at random instants. Pure functions. */
public final class RandomKill {

    private static final String COMMITS_MAX = "20000";
    private static final long KILL_MILLIS_MAX = 250;

    /** Of some: by then the process is no longer slow from its start. */
    private static final long LATE_MILLIS_MAX = 1_500;

    private static final long POLL_NANOS = 200_000;

    private RandomKill() {}

    /**
     * Starts a program, with a seed and a number of commits that it never reaches, and kills it:
     * mostly soon after it has opened its store, at times before.
     *
     * @throws AssertionError if it ends by itself
     */
    public static void kill(ChildProgram program, Path home, Ledger ledger, Random random)
            throws IOException, InterruptedException {
        ledger.setPhase(0);
        boolean isEarly = random.nextInt(5) == 0;
        long longest = random.nextInt(20) == 0 ? LATE_MILLIS_MAX : KILL_MILLIS_MAX;
        long delay = random.nextLong(longest * 1_000_000);
        Process process =
                program.start(home, List.of(Long.toString(random.nextLong()), COMMITS_MAX));
        while (!isEarly && process.isAlive() && ledger.phase() == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        long end = System.nanoTime() + delay;
        while (System.nanoTime() < end && process.isAlive()) {
            LockSupport.parkNanos(Math.min(POLL_NANOS, Math.max(1, end - System.nanoTime())));
        }
        boolean isAlive = process.isAlive();
        process.destroyForcibly();
        ChildProgram.status(process);
        if (!isAlive) {
            throw new AssertionError("it ended by itself: " + ChildProgram.output(home));
        }
    }
}
