package io.smilodon.engine.testing;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Seeds for random tests. A test prints its seed when it fails; {@code -Dsmilodon.seed=<seed>} then
 * replays that case.
 */
public final class Seeds {

    private static final Long GIVEN = Long.getLong("smilodon.seed");

    private Seeds() {}

    public static long next() {
        return GIVEN != null ? GIVEN : ThreadLocalRandom.current().nextLong();
    }
}
