package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process is killed at an operation, so that the system still shows what the disk need not
 * have; then the power fails at an operation of the recovery. Every policy decides what is left.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledRecoveryTest {

    private static final int COMMITS = 24;

    /** How many operations lie between kills; odd, so that workloads of all kinds come up. */
    private static final int STEP = 11;

    private final Set<Long> seen = new HashSet<>();
    private int kills;

    @ParameterizedTest
    @CsvSource({"SYNC, true", "SYNC, false", "NONE, true", "NONE, false", "INTERVAL, false"})
    void a_power_loss_during_the_recovery_from_a_kill_loses_nothing(
            SyncMode mode, boolean keepsLogs) {
        boolean isFinished = false;
        for (long first = 1; !isFinished; first += STEP) {
            CrashWorkload workload = new CrashWorkload(mode, first, keepsLogs);
            FaultyDirectory directory = FaultyDirectory.crashingAfter(first);
            isFinished = workload.run(directory, COMMITS);
            List<DiskState> moments = workload.momentsOfRecovery(directory.state().afterKill());
            verify(workload, moments, "killed at " + first);
        }
        assertTrue(seen.size() > 200, () -> seen.size() + " images");
    }

    /** The recovery is killed as well, and the power fails during the next one. */
    @ParameterizedTest
    @CsvSource({"SYNC, true", "SYNC, false", "NONE, false"})
    void a_power_loss_after_a_killed_recovery_loses_nothing_either(
            SyncMode mode, boolean keepsLogs) {
        for (long first = 33; first <= 123; first += 45) {
            CrashWorkload workload = new CrashWorkload(mode, first, keepsLogs);
            FaultyDirectory directory = FaultyDirectory.crashingAfter(first);
            workload.run(directory, COMMITS);
            List<DiskState> moments = workload.momentsOfRecovery(directory.state().afterKill());
            Random random = new Random(first);
            for (int second = 0; second < moments.size(); second += 3 + random.nextInt(9)) {
                FaultyDirectory killed = moments.get(second).afterKill();
                verify(
                        workload,
                        workload.momentsOfRecovery(killed),
                        "killed at " + first + " and at moment " + second);
            }
        }
    }

    /** After that the system has pages that it never writes; the disk has none of them. */
    @ParameterizedTest
    @CsvSource({".log, true", ".log, false", "MANIFEST, true", "MANIFEST, false"})
    void a_power_loss_during_the_recovery_from_a_failed_sync_loses_nothing(
            String file, boolean keepsLogs) {
        boolean isFinished = false;
        for (int skipped = 0; !isFinished; skipped += file.equals(".log") ? 5 : 2) {
            CrashWorkload workload = new CrashWorkload(SyncMode.SYNC, skipped, keepsLogs);
            FaultyDirectory directory = new FaultyDirectory();
            directory.fail(
                    new FaultRule(
                            Operation.SYNC,
                            name -> name.contains(file),
                            skipped,
                            1,
                            Fault.INPUT_OUTPUT_ERROR));
            isFinished = workload.run(directory, COMMITS);
            directory.heal();
            verify(workload, workload.momentsOfRecovery(directory), file + " sync " + skipped);
        }
        assertTrue(kills > 5, () -> kills + " failed syncs");
    }

    /**
     * Whoever opens it in the end must hear of what may be lost, though nothing is cut any more.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_recovery_that_fails_leaves_a_store_that_was_not_closed(boolean keepsLogs) {
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(SyncMode.NONE)
                        .withRetention(
                                RetentionSettings.DEFAULTS.withFeed(
                                        60_000, keepsLogs ? 1 << 20 : 0));
        FaultyDirectory directory = new FaultyDirectory();
        FaultyDirectory killed;
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            store.write(new WriteBatch().put(new byte[] {1}, new byte[100]));
            killed = directory.state().afterKill();
        }
        killed.fail(FaultRule.next(Operation.SYNC, ".segment.tmp", Fault.INPUT_OUTPUT_ERROR));
        assertThrows(SmilodonException.class, () -> EmbeddedStore.open(killed, options));
        try (EmbeddedStore store = EmbeddedStore.open(killed.state().afterKill(), options)) {
            assertEquals(1, store.recovery().replayedCommits());
            assertFalse(store.recovery().isClean());
            assertEquals(1, store.recovery().possibleLoss().orElseThrow().afterSequence());
        }
    }

    /** The one that was killed may have been the only one to know, and told nobody. */
    @ParameterizedTest
    @CsvSource({
        "INTERVAL, INTERVAL, true",
        "INTERVAL, INTERVAL, false",
        "INTERVAL, SYNC, true",
        "NONE, NONE, true",
        "NONE, NONE, false",
        "NONE, SYNC, false",
        "NONE, INTERVAL, true"
    })
    void a_kill_at_any_moment_of_an_opening_leaves_a_store_that_was_not_closed(
            SyncMode mode, SyncMode next, boolean keepsLogs) {
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(mode)
                        .withRetention(
                                RetentionSettings.DEFAULTS.withFeed(
                                        60_000, keepsLogs ? 1 << 20 : 0));
        FaultyDirectory directory = new FaultyDirectory();
        FaultyDirectory killed;
        RecoveryReport.PossibleLoss loss;
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            long last = store.write(new WriteBatch().put(new byte[] {1}, new byte[100]));
            killed = directory.state().afterKill();
            Instant time = store.commitTimes().timeOf(last).orElseThrow();
            loss = new RecoveryReport.PossibleLoss(last, time, bound(mode));
        }
        List<DiskState> moments = new ArrayList<>();
        killed.observe(moments::add);
        EmbeddedStore opened = EmbeddedStore.open(killed, options.withSyncMode(next));
        List<DiskState> duringOpening = List.copyOf(moments);
        opened.close();
        assertTrue(duringOpening.size() > 15, () -> duringOpening.size() + " moments");
        for (int index = 0; index < duringOpening.size(); index++) {
            String where = "killed again at moment " + index;
            FaultyDirectory left = duringOpening.get(index).afterKill();
            try (EmbeddedStore store = EmbeddedStore.open(left, options)) {
                assertFalse(store.recovery().isClean(), where);
                assertEquals(Optional.of(loss), store.recovery().possibleLoss(), where);
                Instant time = store.commitTimes().timeOf(loss.afterSequence()).orElseThrow();
                assertEquals(loss.afterTime(), time, where);
                long following = store.write(new WriteBatch().delete(new byte[] {1}));
                assertTrue(
                        store.commitTimes()
                                .timeOf(following)
                                .orElseThrow()
                                .isAfter(loss.afterTime()),
                        where);
            }
        }
    }

    private static OptionalLong bound(SyncMode mode) {
        return mode == SyncMode.INTERVAL
                ? OptionalLong.of(StorageOptions.DEFAULTS.log().syncIntervalMillis())
                : OptionalLong.empty();
    }

    private void verify(CrashWorkload workload, List<DiskState> moments, String killed) {
        kills++;
        for (int index = 0; index < moments.size(); index++) {
            int place = index;
            for (CrashPolicy policy : CrashPolicy.values()) {
                DiskImage image = moments.get(index).image(policy, 100L * kills + index);
                if (seen.add(image.fingerprint())) {
                    workload.verify(
                            image.toDirectory(),
                            workload.isDurable(policy),
                            () -> killed + ", power lost at moment " + place + ", " + policy);
                }
            }
        }
    }
}
