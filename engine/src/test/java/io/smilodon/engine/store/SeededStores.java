package io.smilodon.engine.store;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.Clocks;
import java.util.Random;
import java.util.function.LongSupplier;

/** Opens stores whose ids come from a seed and whose frames are as small as a test wants them. */
public final class SeededStores {

    private SeededStores() {}

    /**
     * What a test decides besides the options.
     *
     * @param seed of ids
     * @param markDelayNanos how long the log is idle before it is marked
     * @param framePayloadMax largest payload of a frame
     */
    public record Tuning(long seed, long markDelayNanos, int framePayloadMax) {}

    public static EmbeddedStore open(
            StorageDirectory directory, StorageOptions options, Tuning tuning) {
        return open(directory, options, tuning, System::currentTimeMillis);
    }

    /** The same, with a wall clock. */
    public static EmbeddedStore open(
            StorageDirectory directory,
            StorageOptions options,
            Tuning tuning,
            LongSupplier wallMillis) {
        Random random = new Random(tuning.seed());
        return EmbeddedStore.open(
                directory,
                options,
                new StoreEnvironment(
                        new Clocks(System::nanoTime, wallMillis),
                        random::nextLong,
                        tuning.markDelayNanos(),
                        tuning.framePayloadMax()));
    }
}
