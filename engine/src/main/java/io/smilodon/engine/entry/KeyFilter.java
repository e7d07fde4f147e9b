package io.smilodon.engine.entry;

import java.util.List;

/**
 * Says of most keys that a set does not have that it does not: four bits of one word for each key,
 * of which a word has three to six (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient
 * Bloom Filters", 2007). The filter of several sets has the words of all of theirs for the same
 * keys side by side, so that none of them is looked at. Immutable once all keys have been added.
 */
public final class KeyFilter {

    private static final int KEYS_PER_WORD_MIN = 3;
    private static final int PLACE_BITS = 6;

    /** How much more room words side by side may take than those that they are of. */
    private static final int WASTE_MAX = 2;

    private final long[] words;

    /** How many words stand side by side. */
    private final int width;

    private final int height;

    private KeyFilter(int height, int width) {
        this.words = new long[Math.multiplyExact(height, width)];
        this.height = height;
        this.width = width;
    }

    /** A filter of keys of which the hashes are given. */
    public static KeyFilter of(long[] hashes) {
        int count = Integer.highestOneBit(Math.max(1, hashes.length / KEYS_PER_WORD_MIN));
        KeyFilter filter = new KeyFilter(count, 1);
        for (long hash : hashes) {
            filter.words[filter.placeOf(hash)] |= bits(hash);
        }
        return filter;
    }

    /** Whether a filter of several would take hardly more room than they do. */
    public static boolean areAlike(List<KeyFilter> filters) {
        long together = (long) height(filters) * width(filters);
        long apart = filters.stream().mapToLong(filter -> filter.words.length).sum();
        return together <= WASTE_MAX * apart;
    }

    /** A filter of all keys of several. */
    public static KeyFilter merged(List<KeyFilter> filters) {
        KeyFilter all = new KeyFilter(height(filters), width(filters));
        int column = 0;
        for (KeyFilter filter : filters) {
            filter.copyInto(all, column);
            column += filter.width;
        }
        return all;
    }

    /** A lower one is repeated: who looks for a key there comes by the same word. */
    private void copyInto(KeyFilter all, int column) {
        for (int row = 0; row < all.height; row++) {
            int from = (row & height - 1) * width;
            System.arraycopy(words, from, all.words, row * all.width + column, width);
        }
    }

    /** How much memory it takes. */
    public long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /** Over how many words the keys are spread, a power of two. */
    public int height() {
        return height;
    }

    private static int height(List<KeyFilter> filters) {
        return filters.stream().mapToInt(filter -> filter.height).max().orElse(1);
    }

    private static int width(List<KeyFilter> filters) {
        return filters.stream().mapToInt(filter -> filter.width).sum();
    }

    /**
     * Whether a key may be there.
     *
     * @param hash of it, as those that the filter was made of
     */
    public boolean mightContain(long hash) {
        long bits = bits(hash);
        int place = placeOf(hash);
        for (int at = place; at < place + width; at++) {
            if ((words[at] & bits) == bits) {
                return true;
            }
        }
        return false;
    }

    /**
     * Which of the sets may have a key.
     *
     * @param hash of it, as those that the filter was made of
     * @return a bit for each, by its place among them: that of the first one is the lowest. Where
     *     there are more than 64, one bit stands for all whose places are 64 apart.
     */
    public long matches(long hash) {
        long bits = bits(hash);
        int place = placeOf(hash);
        long matches = 0;
        for (int column = 0; column < width; column++) {
            boolean isMatch = (words[place + column] & bits) == bits;
            matches |= isMatch ? 1L << column : 0;
        }
        return matches;
    }

    private int placeOf(long hash) {
        return ((int) (hash >>> Integer.SIZE) & height - 1) * width;
    }

    private static long bits(long hash) {
        return 1L << hash
                | 1L << (hash >>> PLACE_BITS)
                | 1L << (hash >>> 2 * PLACE_BITS)
                | 1L << (hash >>> 3 * PLACE_BITS);
    }
}
