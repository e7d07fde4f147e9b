package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine stops at every operation of a workload; every policy decides what is left. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CrashTest {

    private static final int COMMITS = 24;

    @Test
    void a_synced_store_keeps_every_acknowledged_commit() {
        crashAt(SyncMode.SYNC, 1);
    }

    @Test
    void an_unsynced_store_keeps_a_prefix_and_loses_nothing_with_its_process() {
        crashAt(SyncMode.NONE, 4);
    }

    @Test
    void a_store_synced_by_interval_keeps_a_prefix_and_loses_nothing_with_its_process() {
        crashAt(SyncMode.INTERVAL, 9);
    }

    @Test
    void a_crash_during_recovery_loses_nothing_either() {
        for (long first = 30; first <= 130; first += 25) {
            CrashWorkload workload = new CrashWorkload(SyncMode.SYNC, first);
            FaultyDirectory directory = FaultyDirectory.crashingAfter(first);
            workload.run(directory, COMMITS);
            crashDuringRecovery(workload, directory, first);
        }
    }

    private static void crashDuringRecovery(
            CrashWorkload workload, FaultyDirectory directory, long seed) {
        boolean isDone = false;
        for (long second = 0; !isDone; second++) {
            FaultyDirectory stopped = directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed, second);
            isDone = workload.canOpen(stopped);
            FaultyDirectory again = stopped.afterCrash(CrashPolicy.POSIX_RANDOM, seed + second);
            long place = second;
            workload.verify(again, true, () -> "seed " + seed + ", recovery crash " + place);
        }
    }

    /** So also the rewritten tail of the log: it is there whole, or the old one still is. */
    @Test
    void crashes_during_two_recoveries_one_after_the_other_lose_nothing_either() {
        CrashWorkload workload = new CrashWorkload(SyncMode.SYNC, 77);
        FaultyDirectory directory = FaultyDirectory.crashingAfter(77);
        workload.run(directory, COMMITS);
        boolean isDone = false;
        for (long second = 0; !isDone; second++) {
            FaultyDirectory stopped = directory.afterCrash(CrashPolicy.POSIX_RANDOM, 77, second);
            isDone = workload.canOpen(stopped);
            crashDuringRecovery(workload, stopped, 1_000 * second);
        }
    }

    /** The test of the test: a disk that only pretends to sync must be found out. */
    @ParameterizedTest
    @EnumSource(names = {"SYNC", "SYNC_DIRECTORY"})
    void a_disk_that_does_not_sync_fails_this_test(Operation ignored) {
        FaultyDirectory directory = new FaultyDirectory();
        directory.fail(FaultRule.always(ignored, Fault.IGNORED));
        CrashWorkload workload = new CrashWorkload(SyncMode.SYNC, 1);
        assertTrue(workload.run(directory, COMMITS));
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        assertThrows(Throwable.class, () -> workload.verify(left, true, ignored::toString));
    }

    private static void crashAt(SyncMode mode, int step) {
        boolean isFinished = false;
        long count = 0;
        while (!isFinished) {
            CrashWorkload workload = new CrashWorkload(mode, count);
            FaultyDirectory directory = FaultyDirectory.crashingAfter(count);
            isFinished = workload.run(directory, COMMITS);
            for (CrashPolicy policy : CrashPolicy.values()) {
                long seed = count;
                Supplier<String> where = () -> mode + " " + policy + " seed " + seed;
                FaultyDirectory left = directory.afterCrash(policy, seed);
                workload.verify(left, workload.isDurable(policy), where);
            }
            count += step;
        }
        long crashes = count;
        assertTrue(crashes > 60, () -> "the workload has many operations: " + crashes);
    }
}
