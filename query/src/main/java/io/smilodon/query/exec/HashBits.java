package io.smilodon.query.exec;

/**
 * Which hashes have been added, perhaps among others: of each its lowest and its highest bits
 * choose two bits of the word that those in between choose. Accounts for its memory. Not
 * thread-safe.
 */
final class HashBits {

    private static final int BITS_EACH = 32;
    private static final int WORDS_MIN = 64;

    private final MemoryAccount memory;

    /** A power of two of them, or none. */
    private long[] words = {};

    HashBits(MemoryAccount memory) {
        this.memory = memory;
    }

    /**
     * Has room for so many, so that few others seem to be among them. Without memory for that it
     * stays as it is, and more of the others do.
     *
     * @return false if there is no memory for any
     */
    boolean makeRoom(int count) {
        int length = Math.max(words.length, WORDS_MIN);
        while ((long) length * Long.SIZE < (long) count * BITS_EACH) {
            length *= 2;
        }
        if (length > words.length
                && memory.tryReserve((long) (length - words.length) * Long.BYTES)) {
            widen(length);
        }
        return words.length > 0;
    }

    /** The bits that more of a hash choose: each of those that its fewer bits may have meant. */
    private void widen(int length) {
        long[] wider = new long[length];
        for (int at = 0; words.length > 0 && at < length; at += words.length) {
            System.arraycopy(words, 0, wider, at, words.length);
        }
        words = wider;
    }

    /** Adds a hash; there must have been room for any. */
    void add(int hash) {
        words[hash >>> 6 & words.length - 1] |= bits(hash);
    }

    /** Whether the hash may have been added; never false for one that was. */
    boolean has(int hash) {
        return (~words[hash >>> 6 & words.length - 1] & bits(hash)) == 0;
    }

    private static long bits(int hash) {
        return 1L << hash | 1L << (hash >>> 26);
    }

    /** Forgets all, and has no memory any more; what was reserved is left to others to release. */
    void clear() {
        words = new long[0];
    }
}
