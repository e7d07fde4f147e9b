package io.smilodon.index.ordered;

import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.value.Direction;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Bounds in the order of an index's bytes. They say whether an entry is inside and, if it is not,
 * where the next one may be: the walk jumps there. Immutable and thread-safe.
 *
 * <p>A place that is longer than the fields of an entry may be is cut as entries are. Entries cut
 * to the same bytes may lie on either side of it, so a cut place counts as included.
 */
final class ByteBounds {

    private final byte[] prefix;
    private final List<List<ByteInterval>> parts = new ArrayList<>();
    private final boolean isRange;

    ByteBounds(byte[] prefix, KeyPattern pattern, IndexBounds bounds) {
        this.prefix = prefix;
        for (int index = 0; index <= lastBounded(pattern, bounds); index++) {
            parts.add(compile(bounds.part(index), pattern.part(index)));
        }
        this.isRange = isRange(bounds);
    }

    private static int lastBounded(KeyPattern pattern, IndexBounds bounds) {
        int last = pattern.length() - 1;
        while (last >= 0 && bounds.part(last).isAll()) {
            last--;
        }
        return last;
    }

    private static List<ByteInterval> compile(IntervalSet set, KeyPart part) {
        List<ByteInterval> intervals = new ArrayList<>();
        for (Interval interval : set.intervals()) {
            intervals.add(ByteInterval.of(interval, part.direction()));
        }
        if (part.isDescending()) {
            Collections.reverse(intervals);
        }
        return List.copyOf(intervals);
    }

    /** Whether every key of {@link #range} is inside. */
    boolean isRange() {
        return isRange;
    }

    /** Points, then at most one interval: all keys between its ends are inside. */
    private boolean isRange(IndexBounds bounds) {
        for (int index = 0; index < parts.size(); index++) {
            boolean isLast = index == parts.size() - 1;
            IntervalSet set = bounds.part(index);
            if (isLast ? set.intervals().size() > 1 : !set.isPoint()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the first parts end in every entry inside: those with a single value each. None if they
     * may be cut.
     */
    int[] endsOfPoints() {
        int[] ends = new int[parts.size()];
        int count = 0;
        int end = prefix.length;
        while (isRange && count < ends.length && isPoint(parts.get(count))) {
            end += parts.get(count).get(0).from().length;
            ends[count++] = end;
        }
        return end < prefix.length + EntryFormat.FIELDS_BYTES_MAX
                ? Arrays.copyOf(ends, count)
                : new int[0];
    }

    private static boolean isPoint(List<ByteInterval> intervals) {
        return intervals.size() == 1 && intervals.get(0).isPoint();
    }

    /** The smallest range of keys that has every entry inside the bounds, none if it is empty. */
    Optional<KeyRange> range() {
        if (parts.isEmpty()) {
            return Optional.of(KeyRange.prefix(prefix));
        }
        for (List<ByteInterval> part : parts) {
            if (part.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new KeyRange(lowest(prefix, 0, 0), highest(prefix, 0, parts.get(0).size() - 1)));
    }

    /**
     * Where to go on from an entry outside the bounds; empty if it is inside.
     *
     * @return going forward, the first key that may be inside; going backward, the first key behind
     *     those that may
     */
    Optional<byte[]> next(EntryReader entry, Direction direction) {
        if (isRange) {
            return Optional.empty();
        }
        for (int part = 0; part < parts.size() && part < entry.knownParts(); part++) {
            ByteInterval.Field field = entry.field(part);
            List<ByteInterval> intervals = parts.get(part);
            int candidate = firstNotBelow(intervals, field);
            if (candidate == intervals.size() || intervals.get(candidate).isAbove(field)) {
                byte[] head = Arrays.copyOf(field.key(), field.start());
                return Optional.of(
                        direction == Direction.FORWARD
                                ? after(head, part, candidate)
                                : before(head, part, candidate));
            }
        }
        return Optional.empty();
    }

    private static int firstNotBelow(List<ByteInterval> intervals, ByteInterval.Field field) {
        int low = 0;
        int high = intervals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (intervals.get(middle).isBelow(field)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private byte[] after(byte[] head, int part, int next) {
        return next < parts.get(part).size() ? lowest(head, part, next) : KeyRange.successor(head);
    }

    private byte[] before(byte[] head, int part, int next) {
        return next > 0 ? highest(head, part, next - 1) : head;
    }

    /** The first key that may be inside with this head and this interval of the part after it. */
    private byte[] lowest(byte[] head, int part, int interval) {
        byte[] key = head;
        int chosen = interval;
        for (int index = part; index < parts.size(); index++) {
            ByteInterval first = parts.get(index).get(chosen);
            key = concatenate(key, first.from());
            if (!first.isFromIncluded()) {
                return EntryFormat.isTooLong(key) ? EntryFormat.cut(key) : KeyRange.successor(key);
            }
            chosen = 0;
        }
        return EntryFormat.cut(key);
    }

    /** The first key behind those that may be inside with this head and this interval. */
    private byte[] highest(byte[] head, int part, int interval) {
        byte[] key = head;
        int chosen = interval;
        for (int index = part; index < parts.size(); index++) {
            ByteInterval last = parts.get(index).get(chosen);
            key = concatenate(key, last.to());
            if (!last.isToIncluded()) {
                return EntryFormat.isTooLong(key) ? KeyRange.successor(EntryFormat.cut(key)) : key;
            }
            chosen = index + 1 < parts.size() ? parts.get(index + 1).size() - 1 : 0;
        }
        return KeyRange.successor(EntryFormat.cut(key));
    }

    private static byte[] concatenate(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
