package io.smilodon.engine.entry;

import java.util.Arrays;

/**
 * What a cursor over one table is to deliver. Arrays are not copied: nobody may change them.
 *
 * @param from the first key that belongs to it
 * @param to the first key that no longer belongs to it; an empty array means no upper end
 * @param isForward whether keys ascend
 * @param sequence the newest commit that it may see
 */
public record EntryScan(byte[] from, byte[] to, boolean isForward, long sequence) {

    /** Everything, ascending. */
    public static EntryScan all() {
        return new EntryScan(new byte[0], new byte[0], true, Long.MAX_VALUE);
    }

    public boolean isBefore(byte[] key) {
        return Arrays.compareUnsigned(key, from) < 0;
    }

    public boolean isAfter(byte[] key) {
        return to.length > 0 && Arrays.compareUnsigned(key, to) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryScan that
                && Arrays.equals(from, that.from)
                && Arrays.equals(to, that.to)
                && isForward == that.isForward
                && sequence == that.sequence;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(from) + Arrays.hashCode(to)) + Long.hashCode(sequence);
    }
}
