package io.smilodon.engine.entry;

import java.util.Arrays;

/**
 * Sorts places of writes by their keys, of which many share their beginnings: multikey quicksort
 * with eight bytes of each key at hand (Bentley, Sedgewick, "Fast Algorithms for Sorting and
 * Searching Strings", 1997; Ng, Kakehi, "Cache Efficient Radix Sort for String Sorting", 2007).
 * Many are first sorted by radix. Where the pivots divide badly, as chosen keys can have it, a
 * merge sort goes on. Not thread-safe.
 */
final class WriteSort {

    private static final int SMALL = 12;

    /** From so many on. */
    private static final int RADIX_MIN = 1 << 8;

    /** The bit of the highest byte that is inverted in words. */
    private static final int SIGN = 0x80;

    private final WriteArena arena;
    private final long[] places;

    /** Of each key the eight bytes at the offset looked at, so that they compare as signed. */
    private final long[] words;

    private WriteSort(WriteArena arena, long[] places) {
        this.arena = arena;
        this.places = places;
        this.words = new long[places.length];
    }

    /** Sorts the places of writes of different keys. */
    static void sort(WriteArena arena, long[] places) {
        new WriteSort(arena, places).sortFrom(0, 0, places.length);
    }

    /** Sorts a part whose keys all have the same bytes before the offset. */
    private void sortFrom(int offset, int from, int to) {
        for (int index = from; index < to; index++) {
            words[index] = arena.head(places[index], offset) ^ Long.MIN_VALUE;
        }
        if (to - from >= RADIX_MIN) {
            radix(offset, from, to);
            return;
        }
        divide(offset, from, to, 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(to - from)));
    }

    /** Many are sorted by the words a byte at a time, from the last, which guesses at nothing. */
    private void radix(int offset, int from, int to) {
        long[] otherWords = new long[to - from];
        long[] otherPlaces = new long[to - from];
        int[] ends = new int[1 << Byte.SIZE];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if (count(shift, from, to, ends)) {
                System.arraycopy(words, from, otherWords, 0, to - from);
                System.arraycopy(places, from, otherPlaces, 0, to - from);
                for (int index = to - from - 1; index >= 0; index--) {
                    int end = --ends[(int) (otherWords[index] >>> shift) & 0xff];
                    words[end] = otherWords[index];
                    places[end] = otherPlaces[index];
                }
            }
        }
        int start = from;
        for (int index = from + 1; index <= to; index++) {
            if (index == to || words[index] != words[start]) {
                sortEqual(offset + Long.BYTES, start, index);
                start = index;
            }
        }
    }

    /** Where those of each byte are to end; false if all have the same byte. */
    private boolean count(int shift, int from, int to, int[] ends) {
        Arrays.fill(ends, 0);
        for (int index = from; index < to; index++) {
            ends[(int) (words[index] >>> shift) & 0xff]++;
        }
        if (ends[(int) (words[from] >>> shift) & 0xff] == to - from) {
            return false;
        }
        int end = from;
        int highest = shift == Long.SIZE - Byte.SIZE ? SIGN : 0;
        for (int turn = 0; turn < ends.length; turn++) {
            end += ends[turn ^ highest];
            ends[turn ^ highest] = end;
        }
        return true;
    }

    private void divide(int offset, int from, int to, int divisionsMax) {
        if (to - from <= SMALL) {
            insert(from, to);
            return;
        }
        if (divisionsMax == 0) {
            merge(from, to);
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
        boolean mayEnd = to - from > 1 && (words[from] & 0xff) == 0;
        for (int index = from; mayEnd && index < to; index++) {
            if (arena.keyLength(places[index]) < offset) {
                merge(from, to);
                return;
            }
        }
        if (to - from > 1) {
            sortFrom(offset, from, to);
        }
    }

    private void merge(int from, int to) {
        Long[] part = Arrays.stream(places, from, to).boxed().toArray(Long[]::new);
        Arrays.sort(part, arena::compareKeys);
        for (int index = from; index < to; index++) {
            places[index] = part[index - from];
        }
    }

    private void insert(int from, int to) {
        for (int index = from + 1; index < to; index++) {
            long moved = places[index];
            long word = words[index];
            int place = index;
            while (place > from && isBehind(place - 1, moved, word)) {
                places[place] = places[place - 1];
                words[place] = words[place - 1];
                place--;
            }
            places[place] = moved;
            words[place] = word;
        }
    }

    private boolean isBehind(int index, long place, long word) {
        return words[index] == word
                ? arena.compareKeys(places[index], place) > 0
                : words[index] > word;
    }

    private void swap(int one, int other) {
        long place = places[one];
        places[one] = places[other];
        places[other] = place;
        long word = words[one];
        words[one] = words[other];
        words[other] = word;
    }
}
