package io.smilodon.engine.store;

import java.util.Arrays;

/**
 * A range of keys in unsigned lexicographic order. Arrays are not copied: nobody may change them.
 *
 * @param from the first key that belongs to it
 * @param to the first key that no longer belongs to it; an empty array means no upper end
 */
public record KeyRange(byte[] from, byte[] to) {

    private static final byte[] NONE = {};

    public static KeyRange all() {
        return new KeyRange(NONE, NONE);
    }

    /** Every key that starts with the prefix. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, successor(prefix));
    }

    /** The first key after all those that start with the prefix; empty if there is none. */
    public static byte[] successor(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(prefix, last + 1);
                next[last]++;
                return next;
            }
        }
        return NONE;
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0 && !isAfter(key);
    }

    /** Whether the key lies behind the upper end. */
    public boolean isAfter(byte[] key) {
        return to.length > 0 && Arrays.compareUnsigned(key, to) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange that
                && Arrays.equals(from, that.from)
                && Arrays.equals(to, that.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return "[" + Arrays.toString(from) + ", " + Arrays.toString(to) + ")";
    }
}
