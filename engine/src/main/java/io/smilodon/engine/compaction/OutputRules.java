package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.segment.Packing;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * How entries become segments.
 *
 * @param level where the segments belong
 * @param bytesMax size at which the next segment begins, with the next key
 * @param isWanted which entries stay
 * @param packing how blocks are compressed
 * @param onWrite told of the bytes of each write before it happens; it may wait
 */
public record OutputRules(
        int level,
        long bytesMax,
        Predicate<VersionWalk> isWanted,
        Packing packing,
        LongConsumer onWrite) {

    private static final int BITS_PER_KEY = 10;
    private static final int BITS_PER_KEY_ON_LEVEL_0 = 16;

    /**
     * What filters take for each key. On level 0 all segments are asked, on each other level one:
     * so their wrong answers come together (Dayan, Athanassoulis, Idreos, "Monkey: Optimal
     * Navigable Key-Value Store", 2017).
     */
    int bitsPerKey() {
        return level == 0 ? BITS_PER_KEY_ON_LEVEL_0 : BITS_PER_KEY;
    }

    /**
     * One segment of level 0.
     *
     * @param isStaying whether it need not be merged with what is there, but only moved
     */
    public static OutputRules flush(Predicate<VersionWalk> isWanted, boolean isStaying) {
        Packing packing = isStaying ? Packing.HASTY : Packing.NONE;
        return new OutputRules(0, Long.MAX_VALUE, isWanted, packing, bytes -> {});
    }
}
