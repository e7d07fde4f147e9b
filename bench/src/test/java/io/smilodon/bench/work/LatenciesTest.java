package io.smilodon.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LatenciesTest {

    @Test
    void quantiles_are_right_within_two_percent() {
        Latencies latencies = new Latencies();
        for (long nanos = 1; nanos <= 100_000; nanos++) {
            latencies.add(nanos);
        }
        assertEquals(100_000, latencies.total());
        for (double part : new double[] {0.01, 0.5, 0.9, 0.99}) {
            double exact = 100_000 * part;
            double off = Math.abs(latencies.quantile(part) - exact) / exact;
            assertTrue(off < 0.02, () -> part + ": off by " + off);
        }
    }
}
