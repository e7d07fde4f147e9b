package io.smilodon.engine.torture;

import java.util.concurrent.TimeUnit;

/** Runs rounds of one suite until one fails: how a mutant is found out. Pure functions. */
public final class Hunt {

    /** What is said of a mutant that nothing was found about. */
    public static final String SURVIVED = "";

    /** How a process ends that has found something. */
    public static final int FOUND_STATUS = 4;

    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Hunt() {}

    /**
     * Runs rounds from the seed 0 on.
     *
     * @param nanos how long
     * @return what was found
     * @throws SuiteSkipped if it cannot run on this machine
     */
    public static String find(Suite suite, long nanos) {
        long end = System.nanoTime() + nanos;
        for (long seed = 0; System.nanoTime() < end; seed++) {
            try {
                suite.run(new Round(seed, ROUND_NANOS, new Tally()));
            } catch (SuiteSkipped skipped) {
                throw skipped;
            } catch (Exception | AssertionError found) {
                requireHealthyClasses(found);
                return "seed " + seed + ": " + found;
            }
        }
        return SURVIVED;
    }

    /** A mutant that cannot be loaded has not been found out. */
    private static void requireHealthyClasses(Throwable found) {
        for (Throwable cause = found; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError broken) {
                throw broken;
            }
        }
    }

    static boolean findsNothing(Suite suite, long seconds) {
        try {
            String found = find(suite, TimeUnit.SECONDS.toNanos(seconds));
            System.out.println(found);
            return found.equals(SURVIVED);
        } catch (SuiteSkipped skipped) {
            System.out.println("SKIPPED, it needs " + skipped.getMessage());
            return true;
        }
    }
}
