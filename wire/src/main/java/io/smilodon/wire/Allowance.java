package io.smilodon.wire;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/**
 * How many values a message may hold: the smallest have some bytes in a message, but many times of
 * that in memory. Not thread-safe.
 */
final class Allowance {

    /** What a value costs in memory, with its name. */
    static final int VALUE_BYTES = 96;

    private final long countMax;
    private long count;

    private Allowance(long countMax) {
        this.countMax = countMax;
    }

    /** As many as fit into memory. */
    static Allowance of(long memoryBytes) {
        return new Allowance(memoryBytes / VALUE_BYTES);
    }

    static Allowance unlimited() {
        return new Allowance(Long.MAX_VALUE);
    }

    /**
     * Counts one more.
     *
     * @throws SmilodonException {@code ExceededMemoryLimit} (146)
     */
    void take() {
        if (++count > countMax) {
            throw new SmilodonException(
                            ErrorCode.EXCEEDED_MEMORY_LIMIT,
                            "The message holds more values than there is memory for",
                            Map.of("limit", countMax))
                    .withHint("send it in parts, or give the server more memory");
        }
    }
}
