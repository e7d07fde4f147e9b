package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import java.util.Arrays;
import java.util.List;

/**
 * Versions that lie in the arrays of a memtable, in order: keys ascending, versions of a key
 * descending. The first sixteen bytes of the keys lie side by side, since to go where a key lies is
 * likely a cache miss. Immutable.
 */
final class EntryList {

    private final byte[][] slabs;
    private final long[] heads;
    private final long[] necks;

    /** Where the versions lie, see {@link ValueSlabs}. */
    private final long[] places;

    private EntryList(byte[][] slabs, int size) {
        this(slabs, new long[size], new long[size], new long[size]);
    }

    private EntryList(byte[][] slabs, long[] heads, long[] necks, long[] places) {
        this.slabs = slabs;
        this.heads = heads;
        this.necks = necks;
        this.places = places;
    }

    /** The writes of a commit, which are copied. */
    static EntryList of(SortedWrites writes, long sequence, ValueSlabs values) {
        long[] heads = new long[writes.size()];
        long[] necks = new long[heads.length];
        long[] places = new long[heads.length];
        int count = 0;
        for (Write write : writes) {
            heads[count] = KeyHead.of(write.key(), 0);
            necks[count] = KeyHead.of(write.key(), Long.BYTES);
            places[count++] = values.place(write, sequence);
        }
        return new EntryList(values.slabs(), heads, necks, places);
    }

    /**
     * All versions of several lists of a memtable in one.
     *
     * @param lists newest first; all versions in one are newer than those in the next
     */
    static EntryList merged(List<EntryList> lists) {
        int half = lists.size() / 2;
        return half == 0
                ? lists.getFirst()
                : merged(merged(lists.subList(0, half)), merged(lists.subList(half, lists.size())));
    }

    private static EntryList merged(EntryList newer, EntryList older) {
        EntryList all = new EntryList(newer.slabs, newer.size() + older.size());
        if (older.compare(older.size() - 1, newer, 0) < 0) { // as when keys ascend
            older.copyInto(all, 0);
            newer.copyInto(all, older.size());
            return all;
        }
        int left = 0;
        int right = 0;
        for (int to = 0; to < all.size(); to++) {
            boolean isLeft =
                    right == older.size()
                            || left < newer.size() && newer.compare(left, older, right) <= 0;
            EntryList from = isLeft ? newer : older;
            int place = isLeft ? left++ : right++;
            all.heads[to] = from.heads[place];
            all.necks[to] = from.necks[place];
            all.places[to] = from.places[place];
        }
        return all;
    }

    private void copyInto(EntryList other, int to) {
        System.arraycopy(heads, 0, other.heads, to, size());
        System.arraycopy(necks, 0, other.necks, to, size());
        System.arraycopy(places, 0, other.places, to, size());
    }

    int size() {
        return places.length;
    }

    byte[] firstKey() {
        return key(0);
    }

    byte[] lastKey() {
        return key(size() - 1);
    }

    /** Whether a version may lie in a range. */
    boolean overlaps(EntryScan scan) {
        boolean isBefore = compare(size() - 1, scan.from()) < 0;
        return !isBefore && (scan.to().length == 0 || compare(0, scan.to()) < 0);
    }

    private int compare(int index, byte[] key) {
        return compare(index, key, KeyHead.of(key, 0), KeyHead.of(key, Long.BYTES));
    }

    private int compare(int index, EntryList other, int others) {
        if (heads[index] != other.heads[others]) {
            return Long.compareUnsigned(heads[index], other.heads[others]);
        }
        if (necks[index] != other.necks[others]) {
            return Long.compareUnsigned(necks[index], other.necks[others]);
        }
        byte[] slab = other.slab(others);
        int start = other.start(others);
        int length = ValueSlabs.keyLength(slab, start);
        int from = start + ValueSlabs.HEADER_BYTES;
        return compareKey(index, slab, from, from + length);
    }

    private int compareKey(int index, byte[] bytes, int from, int to) {
        byte[] slab = slab(index);
        int start = start(index);
        int own = start + ValueSlabs.HEADER_BYTES;
        int end = own + ValueSlabs.keyLength(slab, start);
        return Arrays.compareUnsigned(slab, own, end, bytes, from, to);
    }

    private byte[] slab(int index) {
        return slabs[ValueSlabs.slabNumber(places[index])];
    }

    private int start(int index) {
        return ValueSlabs.start(places[index]);
    }

    /** How many versions are of smaller keys. */
    int rank(byte[] key) {
        long head = KeyHead.of(key, 0);
        long neck = KeyHead.of(key, Long.BYTES);
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, key, head, neck) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place of the first version behind a scan. */
    int end(EntryScan scan) {
        return scan.to().length == 0 ? size() : rank(scan.to());
    }

    /** How many versions lie in a range. */
    int count(EntryScan scan) {
        return Math.max(0, end(scan) - rank(scan.from()));
    }

    /** Adds about so many keys of a range, at even distances. */
    void addPlaces(EntryScan scan, long wanted, List<byte[]> places) {
        int end = end(scan);
        int stride = (int) Math.max(1, count(scan) / wanted);
        for (int index = rank(scan.from()); index < end; index += stride) {
            places.add(key(index));
        }
    }

    private int compare(int index, byte[] key, long head, long neck) {
        if (heads[index] != head) {
            return Long.compareUnsigned(heads[index], head);
        }
        return necks[index] == neck
                ? compareKey(index, key, 0, key.length)
                : Long.compareUnsigned(necks[index], neck);
    }

    boolean isOf(int index, byte[] key) {
        return compareKey(index, key, 0, key.length) == 0;
    }

    boolean isSameKey(int index, int other) {
        return compare(index, this, other) == 0;
    }

    /** The key; a copy. */
    byte[] key(int index) {
        byte[] slab = slab(index);
        int from = start(index) + ValueSlabs.HEADER_BYTES;
        return Arrays.copyOfRange(slab, from, from + ValueSlabs.keyLength(slab, start(index)));
    }

    long hash(int index, long seed) {
        byte[] slab = slab(index);
        int start = start(index);
        int length = ValueSlabs.keyLength(slab, start);
        return KeyHash.of(slab, start + ValueSlabs.HEADER_BYTES, length, seed);
    }

    long sequence(int index) {
        return ValueSlabs.sequence(slab(index), start(index));
    }

    boolean isRemoval(int index) {
        return ValueSlabs.valueLength(slab(index), start(index)) < 0;
    }

    /** Points a span at the value, which must be there. */
    void value(int index, ByteSpan span) {
        byte[] slab = slab(index);
        int start = start(index);
        int length = ValueSlabs.valueLength(slab, start);
        if (length < 0) {
            throw new AssertionError("value of a removal");
        }
        int from = start + ValueSlabs.HEADER_BYTES + ValueSlabs.keyLength(slab, start);
        span.set(slab, from, length);
    }

    /** The value, which must be there; a copy. */
    byte[] value(int index) {
        ByteSpan span = new ByteSpan();
        value(index, span);
        return Arrays.copyOfRange(span.bytes(), span.start(), span.start() + span.length());
    }
}
