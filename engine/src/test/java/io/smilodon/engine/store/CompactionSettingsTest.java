package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompactionSettingsTest {

    @Test
    void what_waits_waits_for_six_times_as_many_segments() {
        assertEquals(24, CompactionSettings.DEFAULTS.waitingCountMax());
        assertEquals(12, CompactionSettings.DEFAULTS.withLevelZeroCountMax(2).waitingCountMax());
    }

    /** Else writers would wait for a merge that is never due. */
    @Test
    void they_never_wait_until_writers_are_slowed_down() {
        for (int slow = 5; slow < 20; slow++) {
            CompactionSettings settings = CompactionSettings.DEFAULTS.withBackPressure(slow, 40);
            assertTrue(settings.waitingCountMax() < slow);
            assertTrue(settings.waitingCountMax() >= settings.levelZeroCountMax());
        }
    }
}
