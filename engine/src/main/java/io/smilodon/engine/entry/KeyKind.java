package io.smilodon.engine.entry;

/**
 * The first five bytes of a key as a number: of one kind, as those of a collection or an index, are
 * keys that begin alike so far. Numbers are in the order of keys. Stateless.
 */
public final class KeyKind {

    /** So many bytes tell kinds apart. */
    public static final int BYTES = 5;

    private static final int SHIFT = Byte.SIZE * (Long.BYTES - BYTES);

    private KeyKind() {}

    /** Of a key; zeroes stand for what a shorter one does not have. */
    public static long of(byte[] key) {
        return KeyHead.of(key, 0) >>> SHIFT;
    }

    /** As {@link #of(byte[])}, of a key among other bytes. */
    public static long of(ByteSpan key) {
        return KeyHead.of(key.bytes(), key.start(), key.start() + key.length()) >>> SHIFT;
    }
}
