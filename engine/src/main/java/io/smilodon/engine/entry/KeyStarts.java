package io.smilodon.engine.entry;

/**
 * The first bytes of keys side by side, since to go where a key lies is likely a cache miss. Of
 * each three {@link KeyHead}s: zeroes stand behind the end of a shorter key. Not thread-safe;
 * nobody changes what others can see.
 */
public final class KeyStarts {

    /** How much there is of each key. */
    public static final int BYTES = 3 * Long.BYTES;

    private final long[] heads;
    private final long[] necks;
    private final long[] backs;

    /**
     * @param count of how many keys
     */
    public KeyStarts(int count) {
        this.heads = new long[count];
        this.necks = new long[count];
        this.backs = new long[count];
    }

    /** That of one key, to be compared with others. */
    public record Start(long head, long neck, long back) {

        public static Start of(byte[] key) {
            return new Start(
                    KeyHead.of(key, 0),
                    KeyHead.of(key, Long.BYTES),
                    KeyHead.of(key, 2 * Long.BYTES));
        }
    }

    /** Takes that of a key which lies among other bytes. */
    void set(int index, byte[] bytes, int from, int end) {
        heads[index] = KeyHead.of(bytes, from, end);
        necks[index] = KeyHead.of(bytes, from + Long.BYTES, end);
        backs[index] = KeyHead.of(bytes, from + 2 * Long.BYTES, end);
    }

    /** Takes one of others. */
    public void set(int index, KeyStarts others, int other) {
        heads[index] = others.heads[other];
        necks[index] = others.necks[other];
        backs[index] = others.backs[other];
    }

    /** Copies all from one on to where they belong among others. */
    public void copyFrom(int index, KeyStarts others, int to) {
        int count = heads.length - index;
        System.arraycopy(heads, index, others.heads, to, count);
        System.arraycopy(necks, index, others.necks, to, count);
        System.arraycopy(backs, index, others.backs, to, count);
    }

    /** Writes one to the beginning of an array that has room for {@link #BYTES}. */
    void put(int index, byte[] key) {
        KeyHead.put(heads[index], key, 0);
        KeyHead.put(necks[index], key, Long.BYTES);
        KeyHead.put(backs[index], key, 2 * Long.BYTES);
    }

    /** How many bytes two begin with in common, with the zeroes behind a shorter key. */
    public int common(int index, int other) {
        if (heads[index] != heads[other]) {
            return common(heads[index], heads[other]);
        }
        if (necks[index] != necks[other]) {
            return Long.BYTES + common(necks[index], necks[other]);
        }
        return 2 * Long.BYTES + common(backs[index], backs[other]);
    }

    private static int common(long one, long other) {
        return Long.numberOfLeadingZeros(one ^ other) / Byte.SIZE;
    }

    /** How one sorts against another; where they differ, so do the keys. */
    public int compare(int index, KeyStarts others, int other) {
        if (heads[index] != others.heads[other]) {
            return Long.compareUnsigned(heads[index], others.heads[other]);
        }
        return necks[index] == others.necks[other]
                ? Long.compareUnsigned(backs[index], others.backs[other])
                : Long.compareUnsigned(necks[index], others.necks[other]);
    }

    /** The same against that of a key. */
    public int compare(int index, Start start) {
        if (heads[index] != start.head) {
            return Long.compareUnsigned(heads[index], start.head);
        }
        return necks[index] == start.neck
                ? Long.compareUnsigned(backs[index], start.back)
                : Long.compareUnsigned(necks[index], start.neck);
    }
}
