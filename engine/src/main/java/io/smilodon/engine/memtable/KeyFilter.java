package io.smilodon.engine.memtable;

/**
 * Says of most keys that a run does not have that it does not: sixteen bits a key, four of them in
 * one word (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007).
 * Immutable once all keys have been added.
 */
final class KeyFilter {

    private static final int KEYS_PER_WORD = 4;
    private static final int PLACE_BITS = 6;

    private final long[] words;

    KeyFilter(int keys) {
        this.words = new long[keys / KEYS_PER_WORD + 1];
    }

    void add(long hash) {
        words[wordOf(hash)] |= bits(hash);
    }

    boolean mightContain(long hash) {
        long bits = bits(hash);
        return (words[wordOf(hash)] & bits) == bits;
    }

    private int wordOf(long hash) {
        return (int) ((hash >>> 32) * words.length >>> 32);
    }

    private static long bits(long hash) {
        return 1L << hash
                | 1L << (hash >>> PLACE_BITS)
                | 1L << (hash >>> 2 * PLACE_BITS)
                | 1L << (hash >>> 3 * PLACE_BITS);
    }
}
