package io.smilodon.engine.store;

import io.smilodon.engine.Progress;
import io.smilodon.engine.compaction.CompactionPolicy;
import io.smilodon.engine.compaction.CompactionRules;
import io.smilodon.engine.compaction.CompactionStatistics;
import io.smilodon.engine.compaction.CompactionThread;
import io.smilodon.engine.compaction.LevelZeroRules;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Poison;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What goes on behind the commits: flushing and compaction, each on a thread of its own, and the
 * pressure on writers when they fall behind. Thread-safe.
 */
final class Upkeep {

    /** Level 1 is merged with what is flushed at once: more of it would be long to wait for. */
    private static final int LEVEL_MEMTABLES_MAX = 16;

    private final Maintenance maintenance;
    private final CompactionThread compaction;
    private final BackPressure pressure;
    private final TableFlusher.Files files;
    private final Poison poison;
    private Runnable onFlushed = () -> {};
    private BooleanSupplier isDiskFull = () -> false;

    Upkeep(TableFlusher.Files files, LiveLevels live, Poison poison, Settings settings) {
        this.files = files;
        this.poison = poison;
        TableFlusher flusher = new TableFlusher(files, live.tables(), live::horizon);
        this.maintenance = new Maintenance(live.tables(), flusher, poison);
        CompactionSettings compacting = settings.options().compaction();
        this.pressure =
                new BackPressure(
                        live.tables(),
                        new BackPressure.Limits(
                                settings.options().memory().memtableBytesMax(),
                                compacting.slowCount(),
                                compacting.stopCount()),
                        settings.nanoClock());
        this.compaction =
                new CompactionThread(
                        files.manifest(),
                        files.segments(),
                        new CompactionThread.Host(live, poison, pressure::changed),
                        rules(compacting, settings));
    }

    /**
     * How it is done.
     *
     * @param nanoClock only goes forward
     */
    record Settings(StorageOptions options, LongSupplier nanoClock) {}

    private static CompactionRules rules(CompactionSettings compacting, Settings settings) {
        MemorySettings memory = settings.options().memory();
        LevelZeroRules zero =
                new LevelZeroRules(
                        compacting.levelZeroCountMax(),
                        compacting.waitingCountMax(),
                        memory.blockCacheBytesMax());
        CompactionPolicy policy =
                new CompactionPolicy(
                        zero,
                        compacting.segmentBytesMax(),
                        levelBytesBase(compacting.levelBytesBase(), memory.memtableBytesMax()),
                        compacting.sizeRatio());
        return new CompactionRules(policy, compacting.bytesPerSecondMax(), settings.nanoClock());
    }

    /**
     * The size of level 1.
     *
     * @param bytes what the settings say; it may be too large for the memtables
     */
    static long levelBytesBase(long bytes, long memtableBytesMax) {
        boolean isWithin = memtableBytesMax > bytes / LEVEL_MEMTABLES_MAX; // a product may overflow
        return isWithin ? bytes : LEVEL_MEMTABLES_MAX * memtableBytesMax;
    }

    void start() {
        pressure.watch(
                new BackPressure.Background(
                        maintenance::failure,
                        () -> maintenance.isFailing() || isDiskFull.getAsBoolean(),
                        () -> compaction.isFailing() || isDiskFull.getAsBoolean(),
                        compaction::stuckCount));
        maintenance.onProgress(this::flushed);
        files.segments().whenUnused(maintenance::unused);
        maintenance.start();
        compaction.start();
    }

    /**
     * On a full disk it is no use to wait for a flush or a merge; to be called before the start.
     */
    void doNotWaitWhile(BooleanSupplier diskFull) {
        isDiskFull = diskFull;
    }

    /** Names who else is to know that the segments have changed; to be called before the start. */
    void onFlushed(Runnable listener) {
        onFlushed = listener;
    }

    private void flushed() {
        onFlushed.run();
        compaction.wakeIfChanged();
        pressure.changed();
    }

    Maintenance maintenance() {
        return maintenance;
    }

    BackPressure pressure() {
        return pressure;
    }

    /** Waits until nothing is to be compacted, or until that fails. */
    void awaitCompacted() {
        compaction.awaitIdle();
    }

    /** Merges everything that can be read. */
    void compactAll(Progress progress) {
        boolean isDone = compaction.compactAll(progress);
        pressure.requireOpen(); // closing ends it, too
        if (!isDone) {
            poison.requireUntripped();
            throw new SmilodonException(ErrorCode.INTERNAL_ERROR, "A step of the compaction failed")
                    .withHint("Nothing is lost; it is tried again in the background.");
        }
        List<String> damaged = compactionStatistics().damaged();
        if (!damaged.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.DATA_CORRUPTION_DETECTED,
                            "Damaged files were left out of the compaction",
                            Map.of("files", damaged))
                    .withHint("All else is compacted. Restore a backup, or salvage to a copy.");
        }
    }

    /** To be called before the log thread is stopped: lets nobody wait, abandons a merge. */
    void beginStop() {
        pressure.close();
        compaction.stop();
    }

    /** Flushes what is left and ends. */
    void stop() {
        maintenance.stop();
    }

    /** Read-only, if commits are refused because memory cannot be written to disk. */
    Optional<StoreState> readOnlyState() {
        return pressure.refusal()
                .map(refusal -> StoreState.readOnly(refusal, maintenance.failingSince()));
    }

    FlushStatistics flushStatistics() {
        return maintenance.statistics(pressure);
    }

    CompactionStatistics compactionStatistics() {
        return compaction.statistics();
    }
}
