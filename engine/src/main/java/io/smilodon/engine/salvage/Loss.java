package io.smilodon.engine.salvage;

import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something that could not be read.
 *
 * @param file in which it was
 * @param offset where it begins
 * @param bytes how long it is, as far as is known
 * @param what is wrong
 * @param keys the keys that it held, as far as is known; empty if it held none
 * @param commits the commits that may be lost with it; empty if none are
 */
public record Loss(
        String file,
        long offset,
        long bytes,
        String what,
        Optional<KeySpan> keys,
        Optional<Commits> commits) {

    /**
     * Commits one after the other.
     *
     * @param first the first of them
     * @param last the last of them
     */
    public record Commits(long first, long last) {}

    /** Whether a newer version of this key than this one may be among what is lost. */
    boolean mayHide(byte[] key, long sequence) {
        return keys.isPresent()
                && commits.isPresent()
                && sequence < commits.get().last()
                && covers(keys.get(), key);
    }

    /** Whether the key may be among what is lost. */
    boolean mayHold(byte[] key) {
        return keys.isPresent() && covers(keys.get(), key);
    }

    private static boolean covers(KeySpan span, byte[] key) {
        boolean isAfter = span.after().length == 0 || Arrays.compareUnsigned(key, span.after()) > 0;
        return isAfter && (span.to().length == 0 || Arrays.compareUnsigned(key, span.to()) <= 0);
    }
}
