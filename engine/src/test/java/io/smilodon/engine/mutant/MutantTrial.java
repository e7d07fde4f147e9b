package io.smilodon.engine.mutant;

import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import io.smilodon.engine.torture.Suites;
import io.smilodon.engine.torture.Tally;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Runs rounds of a suite until one finds something. Loaded by {@link MutantLoader}, together with
 * the engine.
 */
public final class MutantTrial implements BiFunction<String, Long, String> {

    /** What is said of a mutant that nothing was found about. */
    static final String SURVIVED = "";

    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    /**
     * Tries.
     *
     * @param name of the suite
     * @param nanos how long
     * @return what was found
     */
    @Override
    public String apply(String name, Long nanos) {
        Suite suite = Suites.named(name).orElseThrow();
        long end = System.nanoTime() + nanos;
        for (long seed = 0; System.nanoTime() < end; seed++) {
            try {
                suite.run(new Round(seed, ROUND_NANOS, new Tally()));
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
}
