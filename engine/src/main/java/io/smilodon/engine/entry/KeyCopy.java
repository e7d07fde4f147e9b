package io.smilodon.engine.entry;

import java.util.Arrays;

/** A key that outlives where it lay, in memory that is used again for the next. Not thread-safe. */
public final class KeyCopy {

    private byte[] bytes = new byte[64];
    private int length;

    /** Takes another key; of what both begin with in common only the rest is copied. */
    public void set(ByteSpan key, int common) {
        if (key.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(key.length(), 2 * bytes.length));
        }
        length = key.length();
        System.arraycopy(key.bytes(), key.start() + common, bytes, common, length - common);
    }

    /** With how many bytes both begin in common. */
    public int common(ByteSpan key) {
        int from = key.start();
        int mismatch = Arrays.mismatch(bytes, 0, length, key.bytes(), from, from + key.length());
        return mismatch < 0 ? length : mismatch;
    }

    /** Whether the other one, with which it begins so far in common, is greater. */
    public boolean isBefore(ByteSpan key, int common) {
        return common < key.length()
                && (common == length
                        || Byte.compareUnsigned(key.bytes()[key.start() + common], bytes[common])
                                > 0);
    }

    public int length() {
        return length;
    }

    /** The key in an array of its own. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
