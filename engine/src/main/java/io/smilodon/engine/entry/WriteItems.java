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

    /** How much of a key head and neck hold, see {@link KeyHead}. */
    public static final int START_BYTES = 2 * Long.BYTES;

    public boolean isRemoval(int item) {
        return WriteItem.isRemoval(bytes, item);
    }

    public int keyLength(int item) {
        return WriteItem.keyLength(bytes, item);
    }

    /** Where those bytes of the key begin that head and neck do not hold. */
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
     * @param head its first eight bytes
     * @param neck the next eight
     * @param target gets them from its start on; may be changed up to {@link #START_BYTES}
     */
    public void copyKey(int item, long head, long neck, byte[] target) {
        KeyHead.put(head, target, 0);
        KeyHead.put(neck, target, Long.BYTES);
        int from = restStart(item);
        System.arraycopy(bytes, from, target, START_BYTES, keyEnd(item) - from);
    }

    /**
     * The key; a copy.
     *
     * @param head its first eight bytes
     * @param neck the next eight
     */
    public byte[] key(int item, long head, long neck) {
        int length = keyLength(item);
        byte[] key = new byte[Math.max(length, START_BYTES)];
        copyKey(item, head, neck, key);
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
