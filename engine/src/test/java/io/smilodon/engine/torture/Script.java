package io.smilodon.engine.torture;

import io.smilodon.engine.store.LogSettings;
import io.smilodon.engine.store.RetentionSettings;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import java.util.Random;

/**
 * What a scripted workload does, from its number; the seed varies sizes.
 *
 * @param number which script
 * @param mode when the log is synced
 * @param writers threads that commit
 * @param commits how many commits all of them make
 * @param checkpointEvery commits between checkpoints; 0 for none
 * @param retireEvery commits between retired prefixes; 0 for none
 * @param bigEvery commits between those that take several frames; 0 for none
 * @param reopenEvery commits between a close and an opening; 0 for none
 * @param options sizes at which logs rotate, memtables are flushed and segments are merged
 * @param tuning ids and frames
 */
record Script(
        int number,
        SyncMode mode,
        int writers,
        int commits,
        int checkpointEvery,
        int retireEvery,
        int bigEvery,
        int reopenEvery,
        StorageOptions options,
        SeededStores.Tuning tuning) {

    static final int COUNT = 40;

    static Script of(int number, long seed) {
        Random random = new Random(seed * COUNT + number);
        SyncMode mode = SyncMode.values()[number % SyncMode.values().length];
        boolean isFlushing = number % 2 == 0;
        boolean isRotating = number % 4 < 2;
        boolean isAligned = number % 7 == 5;
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withLog(LogSettings.DEFAULTS.withAlignment(isAligned))
                        .withSyncMode(mode)
                        .withSyncIntervalMillis(10)
                        .withBlockCacheBytesMax(number % 7 == 0 ? 1 : 1 << 20)
                        .withMemtableBytesMax(isFlushing ? 900 + random.nextInt(1_500) : 1 << 20)
                        .withLogFileBytesMax(isRotating ? 900 + random.nextInt(2_000) : 1 << 16)
                        .withSegmentCountMax(1 + number % 3)
                        .withRetention(
                                RetentionSettings.DEFAULTS
                                        .withHistoryMillis(number % 4 == 3 ? 60_000 : 0)
                                        .withFeed(60_000, number % 3 == 1 ? 1 << 20 : 0));
        long markDelay = number % 3 == 0 ? 0 : Long.MAX_VALUE;
        return new Script(
                number,
                mode,
                number % 5 == 4 ? 3 : 1,
                30 + random.nextInt(20),
                number % 8 == 1 ? 7 : number % 8 == 6 ? 3 : 0,
                number % 5 == 2 ? 9 : 0,
                number % 6 == 3 ? 5 : 0,
                number % 10 == 8 ? 12 : 0,
                options,
                new SeededStores.Tuning(random.nextLong(), markDelay, 300));
    }

    /** The same with one writer, who never opens the store again. */
    Script alone() {
        return new Script(
                number,
                mode,
                1,
                commits,
                checkpointEvery,
                retireEvery,
                bigEvery,
                0,
                options,
                tuning);
    }
}
