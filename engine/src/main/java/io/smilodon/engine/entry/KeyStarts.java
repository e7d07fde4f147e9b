package io.smilodon.engine.entry;

/**
 * The first bytes of keys side by side, since to go where a key lies is likely a cache miss. Of
 * each five {@link KeyHead}s, which is all of most keys of indexes: zeroes stand behind the end of
 * a shorter key. Not thread-safe; nobody changes what others can see.
 */
public final class KeyStarts {

    private static final int WORDS = 5;

    /** How much there is of each key. */
    public static final int BYTES = WORDS * Long.BYTES;

    /** Those of one key behind those of another. */
    private final long[] words;

    /**
     * @param count of how many keys
     */
    public KeyStarts(int count) {
        this.words = new long[Math.multiplyExact(count, WORDS)];
    }

    /** That of one key, to be compared with others. */
    public static KeyStarts of(byte[] key) {
        KeyStarts start = new KeyStarts(1);
        start.set(0, key, 0, key.length);
        return start;
    }

    /** Takes that of a key which lies among other bytes. */
    void set(int index, byte[] bytes, int from, int end) {
        for (int word = 0; word < WORDS; word++) {
            words[WORDS * index + word] = KeyHead.of(bytes, from + word * Long.BYTES, end);
        }
    }

    /** Takes one of others. */
    public void set(int index, KeyStarts others, int other) {
        for (int word = 0; word < WORDS; word++) {
            words[WORDS * index + word] = others.words[WORDS * other + word];
        }
    }

    /** Copies all from one on to where they belong among others. */
    public void copyFrom(int index, KeyStarts others, int to) {
        System.arraycopy(
                words, WORDS * index, others.words, WORDS * to, words.length - WORDS * index);
    }

    /** Writes one to the beginning of an array that has room for {@link #BYTES}. */
    void put(int index, byte[] key) {
        for (int word = 0; word < WORDS; word++) {
            KeyHead.put(words[WORDS * index + word], key, word * Long.BYTES);
        }
    }

    /** How many bytes two begin with in common, with the zeroes behind a shorter key. */
    public int common(int index, int other) {
        for (int word = 0; word < WORDS; word++) {
            long differing = words[WORDS * index + word] ^ words[WORDS * other + word];
            if (differing != 0) {
                return word * Long.BYTES + Long.numberOfLeadingZeros(differing) / Byte.SIZE;
            }
        }
        return BYTES;
    }

    /** How one sorts against another; where they differ, so do the keys. */
    public int compare(int index, KeyStarts others, int other) {
        for (int word = 0; word < WORDS; word++) {
            long own = words[WORDS * index + word];
            long theirs = others.words[WORDS * other + word];
            if (own != theirs) {
                return Long.compareUnsigned(own, theirs);
            }
        }
        return 0;
    }
}
