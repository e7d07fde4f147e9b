package io.smilodon.engine.compaction;

import java.util.function.LongSupplier;

/**
 * How compaction goes about it.
 *
 * @param policy what is compacted when
 * @param bytesPerSecondMax reading and writing together; 0 for no limit
 * @param nanoClock measures that
 */
public record CompactionRules(
        CompactionPolicy policy, long bytesPerSecondMax, LongSupplier nanoClock) {}
