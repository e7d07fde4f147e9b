package io.smilodon.engine.entry;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Sorts writes by their keys, of which many share their beginnings: multikey quicksort with eight
 * bytes of each key at hand (Bentley, Sedgewick, "Fast Algorithms for Sorting and Searching
 * Strings", 1997; Ng, Kakehi, "Cache Efficient Radix Sort for String Sorting", 2007). Where the
 * pivots divide badly, as chosen keys can have it, a merge sort goes on. Not thread-safe.
 */
final class WriteSort {

    static final Comparator<Write> BY_KEY =
            (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

    private static final int SMALL = 12;

    private final Write[] writes;

    /** Of each key the eight bytes at the offset looked at, so that they compare as signed. */
    private final long[] words;

    private WriteSort(Write[] writes, int count) {
        this.writes = writes;
        this.words = new long[count];
    }

    /** Sorts the first so many. */
    static void sort(Write[] writes, int count) {
        int divisionsMax = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(count));
        new WriteSort(writes, count).sortFrom(0, 0, count, divisionsMax);
    }

    /** Sorts a part whose keys all have the same bytes before the offset. */
    private void sortFrom(int offset, int from, int to, int divisionsMax) {
        for (int index = from; index < to; index++) {
            words[index] = KeyHead.of(writes[index].key(), offset) ^ Long.MIN_VALUE;
        }
        divide(offset, from, to, divisionsMax);
    }

    private void divide(int offset, int from, int to, int divisionsMax) {
        if (to - from <= SMALL) {
            insert(from, to);
            return;
        }
        if (divisionsMax == 0) {
            Arrays.sort(writes, from, to, BY_KEY);
            return;
        }
        long pivot = median(words[from], words[(from + to) >>> 1], words[to - 1]);
        int less = from;
        int greater = to;
        int index = from;
        while (index < greater) {
            long word = words[index];
            if (word < pivot) {
                swap(less++, index++);
            } else if (word > pivot) {
                swap(index, --greater);
            } else {
                index++;
            }
        }
        divide(offset, from, less, divisionsMax - 1);
        divide(offset, greater, to, divisionsMax - 1);
        sortEqual(offset + Long.BYTES, less, greater);
    }

    private static long median(long one, long two, long three) {
        long low = Math.min(one, two);
        long high = Math.max(one, two);
        return Math.max(low, Math.min(high, three));
    }

    /** Keys that end before the offset look as if zeroes followed: those are compared whole. */
    private void sortEqual(int offset, int from, int to) {
        for (int index = from; index < to; index++) {
            if (writes[index].key().length < offset) {
                Arrays.sort(writes, from, to, BY_KEY);
                return;
            }
        }
        if (to - from > 1) {
            int divisionsMax = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(to - from));
            sortFrom(offset, from, to, divisionsMax);
        }
    }

    private void insert(int from, int to) {
        for (int index = from + 1; index < to; index++) {
            Write write = writes[index];
            long word = words[index];
            int place = index;
            while (place > from && isBehind(place - 1, write, word)) {
                writes[place] = writes[place - 1];
                words[place] = words[place - 1];
                place--;
            }
            writes[place] = write;
            words[place] = word;
        }
    }

    private boolean isBehind(int place, Write write, long word) {
        return words[place] == word
                ? BY_KEY.compare(writes[place], write) > 0
                : words[place] > word;
    }

    private void swap(int one, int other) {
        Write write = writes[one];
        writes[one] = writes[other];
        writes[other] = write;
        long word = words[one];
        words[one] = words[other];
        words[other] = word;
    }
}
