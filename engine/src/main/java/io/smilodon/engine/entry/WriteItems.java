package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.Optional;

/**
 * Writes of a commit in memory, each a {@link WriteItem}. The first bytes of the keys may be left
 * out of them, for who has them at hand anyway: of the key, but not of its length. Nobody changes
 * the array.
 *
 * @param bytes the items, not all of the array need be
 * @param leftOut how many bytes of each key are left out, or all if it has fewer; 0 or {@link
 *     #START_BYTES}
 */
public record WriteItems(byte[] bytes, int leftOut) {

    /** How much of a key can be left out. */
    public static final int START_BYTES = KeyStarts.BYTES;

    public boolean isRemoval(int item) {
        return WriteItem.isRemoval(bytes, item);
    }

    public int keyLength(int item) {
        return WriteItem.keyLength(bytes, item);
    }

    /** Where those bytes of the key begin that are not of its start. */
    public int restStart(int item) {
        int held = Math.min(keyLength(item), START_BYTES);
        return WriteItem.keyStart(bytes, item) + held - Math.min(held, leftOut);
    }

    /** Where the key ends. */
    public int keyEnd(int item) {
        int length = keyLength(item);
        return WriteItem.keyStart(bytes, item) + length - Math.min(length, leftOut);
    }

    /**
     * Puts a key together, in an array that has room for it.
     *
     * @param starts has its start
     * @param index of that
     * @param target gets the key from its start on; may be changed up to {@link #START_BYTES}
     */
    public void copyKey(int item, KeyStarts starts, int index, byte[] target) {
        starts.put(index, target);
        int from = restStart(item);
        System.arraycopy(bytes, from, target, START_BYTES, keyEnd(item) - from);
    }

    /**
     * The key; a copy.
     *
     * @param starts has its start
     * @param index of that
     */
    public byte[] key(int item, KeyStarts starts, int index) {
        int length = keyLength(item);
        byte[] key = new byte[Math.max(length, START_BYTES)];
        copyKey(item, starts, index, key);
        return length < START_BYTES ? Arrays.copyOf(key, length) : key;
    }

    /** Points a span at the value, which must be there. */
    public void value(int item, ByteSpan span) {
        if (isRemoval(item)) {
            throw new AssertionError("value of a removal");
        }
        WriteItem.value(bytes, keyEnd(item), span);
    }

    /** The value, if there is one; a copy. */
    public Optional<byte[]> value(int item) {
        if (isRemoval(item)) {
            return Optional.empty();
        }
        ByteSpan span = new ByteSpan();
        value(item, span);
        return Optional.of(span.copy());
    }
}
