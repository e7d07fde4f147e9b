package io.smilodon.engine.torture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machine stops at every few operations of a workload that a feed follows; A14 is longer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedCrashTest {

    @ParameterizedTest
    @CsvSource({"SYNC, 19", "INTERVAL, 43", "NONE, 29"})
    void a_feed_outlives_a_crash(SyncMode mode, int step) {
        boolean isFinished = false;
        long count = 0;
        while (!isFinished) {
            for (CrashPolicy policy : CrashPolicy.values()) {
                FollowedStore store = new FollowedStore(mode, count);
                FaultyDirectory directory = FaultyDirectory.crashingAfter(count);
                isFinished = store.run(directory);
                store.verify(directory.afterCrash(policy, count));
            }
            count += step;
        }
        assertTrue(count > 60, "the workload has many operations");
    }
}
