package io.smilodon.engine.mutant;

import io.smilodon.engine.torture.Hunt;
import io.smilodon.engine.torture.Suites;
import java.util.function.BiFunction;

/**
 * Runs rounds of a suite until one finds something. Loaded by {@link MutantLoader}, together with
 * the engine.
 */
public final class MutantTrial implements BiFunction<String, Long, String> {

    /**
     * Tries.
     *
     * @param name of the suite
     * @param nanos how long
     * @return what was found
     */
    @Override
    public String apply(String name, Long nanos) {
        return Hunt.find(Suites.named(name).orElseThrow(), nanos);
    }
}
