package io.smilodon.engine.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.testing.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slice of the isolation campaign: the store keeps the level that a transaction asks for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IsolationTest {

    private static final int HISTORIES = 5;

    private final IsolationCampaign campaign = new IsolationCampaign(400, 4);

    static IntStream workloads() {
        return IntStream.range(0, IsolationCampaign.workloads());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void histories_show_nothing_that_their_level_forbids(int workload) throws Exception {
        for (Isolation isolation : Isolation.values()) {
            for (int history = 0; history < HISTORIES; history++) {
                long seed = Seeds.next();
                assertEquals(
                        List.of(),
                        campaign.run(workload, isolation, seed),
                        () -> isolation + " workload " + workload + " seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void histories_over_crashes_show_nothing_either(int workload) throws Exception {
        for (Isolation isolation : Isolation.values()) {
            long seed = Seeds.next();
            assertEquals(
                    List.of(),
                    campaign.runOverCrashes(workload, isolation, seed),
                    () -> isolation + " workload " + workload + " seed " + seed);
        }
    }

    @RepeatedTest(10)
    void operations_on_one_key_are_linearizable() throws Exception {
        long seed = Seeds.next();
        assertEquals(List.of(), campaign.runRegisters(seed), () -> "seed " + seed);
    }

    @Test
    void a_history_over_kills_shows_nothing_either(@TempDir Path path) throws Exception {
        long seed = Seeds.next();
        KilledSessions sessions = new KilledSessions(path, seed);
        assertEquals(List.of(), sessions.run(2, Isolation.SERIALIZABLE), () -> "seed " + seed);
        assertTrue(sessions.committed() > 0);
    }
}
