package io.smilodon.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a serializable transaction has read, absent keys too: ranges that neither overlap nor touch.
 * When there are too many, neighbours are joined across the gap between them: that may refuse a
 * commit without need, and never lets one pass that should not. Not thread-safe; whoever commits
 * reads it while its owner waits.
 */
final class ReadSet {

    static final int RANGES_MAX = 16_384;
    static final long BYTES_MAX = 2 << 20;

    private final NavigableMap<byte[], byte[]> ranges = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;

    /** Adds one key. */
    void add(byte[] key) {
        if (!contains(key)) {
            add(key, after(key));
        }
    }

    /** The first key after this one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /**
     * Adds a range.
     *
     * @param from the first key that belongs to it
     * @param to the first key that no longer does; an empty array means no upper end
     */
    void add(byte[] from, byte[] to) {
        if (to.length > 0 && Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        byte[] first = from;
        byte[] end = to;
        Map.Entry<byte[], byte[]> before = ranges.floorEntry(from);
        if (before != null && compareEnds(before.getValue(), from) >= 0) {
            first = before.getKey();
        }
        for (var next = ranges.ceilingEntry(first);
                next != null && isReached(end, next.getKey());
                next = ranges.ceilingEntry(first)) {
            end = compareEnds(next.getValue(), end) > 0 ? next.getValue() : end;
            bytes -= next.getKey().length + next.getValue().length;
            ranges.remove(next.getKey());
        }
        bytes += first.length + end.length;
        ranges.put(first, end);
        while (ranges.size() > 1 && (ranges.size() > RANGES_MAX || bytes > BYTES_MAX)) {
            widen();
        }
    }

    private static boolean isReached(byte[] end, byte[] key) {
        return end.length == 0 || Arrays.compareUnsigned(key, end) <= 0;
    }

    private static int compareEnds(byte[] left, byte[] right) {
        if (left.length == 0 || right.length == 0) {
            return Integer.compare(right.length, left.length);
        }
        return Arrays.compareUnsigned(left, right);
    }

    /** Joins half of the ranges with their neighbours, where the gap has the longest prefix. */
    private void widen() {
        List<byte[]> starts = new ArrayList<>(ranges.keySet());
        List<byte[]> ends = new ArrayList<>(ranges.values());
        Comparator<Integer> narrowest =
                Comparator.comparingInt(gap -> -commonPrefix(ends.get(gap), starts.get(gap + 1)));
        Set<Integer> closed = new HashSet<>();
        IntStream.range(0, starts.size() - 1)
                .boxed()
                .sorted(narrowest.thenComparingInt(gap -> gap & 1))
                .limit(Math.max(1, starts.size() / 2))
                .forEach(closed::add);
        ranges.clear();
        bytes = 0;
        int first = 0;
        for (int last = 0; last < starts.size(); last++) {
            if (!closed.contains(last)) {
                ranges.put(starts.get(first), ends.get(last));
                bytes += starts.get(first).length + ends.get(last).length;
                first = last + 1;
            }
        }
    }

    private static int commonPrefix(byte[] left, byte[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(byte[] key) {
        Map.Entry<byte[], byte[]> before = ranges.floorEntry(key);
        return before != null
                && (before.getValue().length == 0
                        || Arrays.compareUnsigned(key, before.getValue()) < 0);
    }

    /** Whether a write of this key changes what was read; a retired prefix changes all under it. */
    boolean isTouchedBy(byte[] key) {
        if (!ReservedKeys.isRetiredMark(key)) {
            return contains(key);
        }
        byte[] prefix = ReservedKeys.prefixOf(key);
        byte[] next = ranges.ceilingKey(prefix);
        return contains(prefix) || next != null && KeyRange.prefix(prefix).contains(next);
    }

    /** Whether any of these writes changes what was read. */
    boolean isTouchedBy(Iterable<byte[]> keys) {
        for (byte[] key : keys) {
            if (isTouchedBy(key)) {
                return true;
            }
        }
        return false;
    }

    List<KeyRange> ranges() {
        List<KeyRange> list = new ArrayList<>(ranges.size());
        ranges.forEach((from, to) -> list.add(new KeyRange(from, to)));
        return list;
    }
}
