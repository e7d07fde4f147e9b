package io.smilodon.engine.store;

import java.util.Arrays;

/**
 * What became of a transaction with an idempotency key.
 *
 * @param sequence its commit
 * @param result what it left with {@link Transaction#keepResult}; empty if nothing, or if it was
 *     large and has given way to newer ones. Not copied: nobody may change it
 */
public record CommittedOutcome(long sequence, byte[] result) {

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittedOutcome that
                && sequence == that.sequence
                && Arrays.equals(result, that.result);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(sequence) + Arrays.hashCode(result);
    }

    @Override
    public String toString() {
        return "commit " + sequence + " with " + result.length + " bytes";
    }
}
