package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Entry;
import java.util.Arrays;
import java.util.Optional;

/**
 * One version of a key in a memtable. Immutable.
 *
 * @param bytes where the value lies
 * @param length of the value; −1 for a removal
 * @param older the one before it; null if it is the first
 */
record Version(long sequence, byte[] bytes, int start, int length, Version older) {

    private static final byte[] NONE = {};

    static Version removal(long sequence, Version older) {
        return new Version(sequence, NONE, 0, -1, older);
    }

    boolean isRemoval() {
        return length < 0;
    }

    /** Reads something of the value. */
    int touch() {
        return length > 0 ? bytes[start] : 0;
    }

    /** The value; nobody may change it. */
    byte[] value() {
        if (isRemoval()) {
            throw new AssertionError("value of a removal");
        }
        boolean isWhole = start == 0 && length == bytes.length;
        return isWhole ? bytes : Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Points a span at the value, where it lies. */
    void value(ByteSpan span) {
        if (isRemoval()) {
            throw new AssertionError("value of a removal");
        }
        span.set(bytes, start, length);
    }

    Entry entry() {
        return new Entry(sequence, isRemoval() ? Optional.empty() : Optional.of(value()));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
