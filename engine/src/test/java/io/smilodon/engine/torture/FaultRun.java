package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.RetentionSettings;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A workload on a disk with one fault, and what must be left of it. Not thread-safe. */
final class FaultRun {

    private static final Set<Fault> SILENT =
            EnumSet.of(Fault.IGNORED, Fault.STALE_READ, Fault.MISDIRECTED_WRITE, Fault.BIT_FLIP);

    private final FaultRule rule;
    private final FaultPhase phase;
    private final boolean isSilent;
    private final Script script;
    private final NumberedCommits commits;
    private final FaultyDirectory directory;
    private final int first;
    private final FaultyDirectory backup = new FaultyDirectory();
    private boolean isUnknown;

    FaultRun(long seed, FaultRule rule, FaultPhase phase) {
        boolean isRecovery = phase == FaultPhase.OPEN;
        this.rule = rule;
        this.phase = phase;
        this.isSilent = SILENT.contains(rule.fault());
        this.script = script(seed, rule.times() > 1);
        this.commits = new NumberedCommits(script);
        this.first = isRecovery ? script.commits() / 2 : 0;
        this.directory = isRecovery ? begun(seed) : new FaultyDirectory();
    }

    private static Script script(long seed, boolean isForever) {
        Random random = new Random(seed);
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(SyncMode.SYNC)
                        .withLogFileBytesMax(1_500 + random.nextInt(2_000))
                        .withMemtableBytesMax(isForever ? 1 << 20 : 2_000)
                        .withBlockCacheBytesMax(random.nextBoolean() ? 1 : 1 << 20)
                        .withSegmentCountMax(1)
                        .withRetention(
                                RetentionSettings.DEFAULTS.withFeed(
                                        60_000, random.nextBoolean() ? 1 << 20 : 0));
        int every = isForever ? 15 : 6;
        int bigEvery = random.nextBoolean() ? 4 : 0;
        SeededStores.Tuning tuning =
                new SeededStores.Tuning(seed, random.nextBoolean() ? 0 : Long.MAX_VALUE, 300);
        return new Script(0, SyncMode.SYNC, 1, 20, every, 0, bigEvery, 0, options, tuning);
    }

    /** What the death of a process left after the first commits. */
    private FaultyDirectory begun(long seed) {
        FaultyDirectory whole = new FaultyDirectory();
        try (EmbeddedStore store = open(whole)) {
            for (int number = 1; number <= first; number++) {
                commits.commit(store, number);
                commits.append(number);
            }
            return whole.afterCrash(CrashPolicy.KEEP_ALL, seed);
        } finally {
            whole.resume();
        }
    }

    private EmbeddedStore open(FaultyDirectory where) {
        return SeededStores.open(where, script.options(), script.tuning());
    }

    /** Whether the fault happened at all. */
    boolean run() {
        if (phase == FaultPhase.OPEN || phase == FaultPhase.WRITE) {
            directory.fail(rule);
        }
        work();
        boolean hasFailed = directory.faults() + backup.faults() > 0;
        directory.heal();
        verify(directory.afterCrash(CrashPolicy.KEEP_ALL, 1));
        verify(directory.afterCrash(CrashPolicy.DROP_ALL, 1));
        return hasFailed;
    }

    private void work() {
        try (EmbeddedStore store = open(directory)) {
            for (int number = first + 1; number <= script.commits(); number++) {
                step(store, number);
                if (number == script.commits() / 2) {
                    upkeep(store);
                }
            }
            verifyBeforeClose();
            directory.heal();
        } catch (SmilodonException failed) {
            requireHonest(failed);
        }
    }

    /** From here on the disk fails, if it is this that it is to fail at. */
    private void upkeep(EmbeddedStore store) {
        try {
            switch (phase) {
                case OPEN, WRITE -> {}
                case FLUSH -> {
                    directory.fail(rule);
                    store.checkpoint();
                }
                case COMPACT -> {
                    store.checkpoint();
                    directory.fail(rule);
                    store.compact(Progress.SILENT);
                }
                case BACKUP -> backup(store);
            }
        } catch (SmilodonException failed) {
            requireHonest(failed);
        }
    }

    /** Half of the time the backup's disk fails, else the store's own. */
    private void backup(EmbeddedStore store) {
        (rule.skipped() % 2 == 0 ? directory : backup)
                .fail(
                        new FaultRule(
                                rule.operations(),
                                rule.name(),
                                rule.skipped() / 2,
                                rule.times(),
                                rule.fault()));
        boolean isMade = false;
        try {
            store.backup(backup, Progress.SILENT);
            isMade = true;
        } catch (SmilodonException failed) {
            requireHonest(failed);
        }
        int expected = commits.size();
        backup.heal();
        FaultyDirectory target = new FaultyDirectory();
        try {
            Restore.verified(backup.afterCrash(CrashPolicy.DROP_ALL, 1), Progress.SILENT)
                    .to(target);
        } catch (SmilodonException refused) {
            if (isMade && !isSilent) {
                throw new AssertionError("a backup that was made is not there", refused);
            }
            return;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        try (EmbeddedStore restored = open(target)) {
            int found = commits.rankOf(restored);
            if (found != expected) {
                throw new AssertionError("restored " + found + " commits, not " + expected);
            }
        }
    }

    private void step(EmbeddedStore store, int number) {
        try {
            commits.commit(store, number);
            commits.append(number);
            if (isUnknown) {
                throw new AssertionError("acknowledged after a failed sync");
            }
        } catch (SmilodonException failed) {
            requireHonest(failed);
            if (failed.code().equals(ErrorCode.COMMIT_UNKNOWN)) {
                commits.append(number);
                isUnknown = true;
            }
        }
        try {
            int found = commits.rankOf(store);
            if (!isUnknown && found != commits.size()) {
                throw new AssertionError("reads " + found + " commits of " + commits.size());
            }
            if (number % script.checkpointEvery() == 0) {
                store.checkpoint();
            }
        } catch (SmilodonException failed) {
            requireHonest(failed);
        }
    }

    /** The power fails before the store is closed. */
    private void verifyBeforeClose() {
        for (CrashPolicy policy : List.of(CrashPolicy.KEEP_ALL, CrashPolicy.DROP_ALL)) {
            FaultyDirectory left = directory.afterCrash(policy, 1);
            directory.resume();
            verify(left);
        }
    }

    /** An error of the disk, or of what it broke, but no mistake of the engine. */
    private static void requireHonest(SmilodonException failed) {
        Throwable cause = failed.getCause();
        while (cause != null) {
            boolean isMistake =
                    cause instanceof Error
                            || cause instanceof RuntimeException
                                    && !(cause instanceof SmilodonException)
                                    && !(cause instanceof UncheckedIOException);
            if (isMistake) {
                throw new AssertionError("a mistake behind " + failed.getMessage(), cause);
            }
            cause = cause.getCause();
        }
    }

    private void verify(FaultyDirectory left) {
        int found;
        try (EmbeddedStore store = open(left)) {
            found = commits.rankOf(store);
        } catch (SmilodonException refused) {
            if (isSilent && refused.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)) {
                return;
            }
            throw refused;
        }
        int least = isSilent ? 0 : commits.size() - (isUnknown ? 1 : 0);
        if (found < least) {
            throw new AssertionError("has " + found + " commits, acknowledged were " + least);
        }
    }
}
