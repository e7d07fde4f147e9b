package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampledTimeTest {

    @Test
    void the_first_runs_stand_for_themselves_and_every_sixteenth_for_as_many() {
        SampledTime time = new SampledTime();
        for (int run = 0; run < 64; run++) {
            assertEquals(1, time.next());
        }
        for (int run = 64; run < 64 + 1_600; run++) {
            assertEquals(run % 16 == 0 ? 16 : 0, time.next());
        }
    }
}
