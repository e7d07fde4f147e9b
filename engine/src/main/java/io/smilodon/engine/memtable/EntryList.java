package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.entry.PackedWrites;
import io.smilodon.engine.entry.WriteItem;
import java.util.Arrays;
import java.util.List;

/**
 * Versions in order: keys ascending, versions of a key descending. They lie in the batches that
 * were written to the log, in each all those of one commit. The first sixteen bytes of the keys lie
 * side by side, since to go where a key lies is likely a cache miss; their hashes too. Immutable.
 */
final class EntryList {

    /**
     * A batch of the log.
     *
     * @param bytes with a {@link WriteItem} for each version
     * @param sequence the commit
     */
    private record Batch(byte[] bytes, long sequence) {}

    private final Batch[] batches;

    /** {@code number of the batch u32 | start of the item in it u32}. */
    private final long[] places;

    private final long[] heads;
    private final long[] necks;
    private final long[] hashes;

    private EntryList(Batch[] batches, int size) {
        this.batches = batches;
        this.places = new long[size];
        this.heads = new long[size];
        this.necks = new long[size];
        this.hashes = new long[size];
    }

    private EntryList(PackedWrites writes, long sequence) {
        this.batches = new Batch[] {new Batch(writes.bytes(), sequence)};
        this.places = writes.items();
        this.heads = writes.heads();
        this.necks = writes.necks();
        this.hashes = writes.hashes();
    }

    /** The writes of a commit, where they are. */
    static EntryList of(PackedWrites writes, long sequence) {
        return new EntryList(writes, sequence);
    }

    /**
     * All versions of several lists of a memtable in one.
     *
     * @param lists newest first; all versions in one are newer than those in the next
     */
    static EntryList merged(List<EntryList> lists) {
        if (lists.size() == 1) {
            return lists.getFirst();
        }
        int half = half(lists);
        return merged(merged(lists.subList(0, half)), merged(lists.subList(half, lists.size())));
    }

    /** Where to divide them so that large ones are copied least often. */
    private static int half(List<EntryList> lists) {
        long versions = lists.stream().mapToLong(EntryList::size).sum();
        int half = 1;
        long before = lists.getFirst().size();
        while (half < lists.size() - 1 && 2 * before + lists.get(half).size() <= versions) {
            before += lists.get(half).size();
            half++;
        }
        return half;
    }

    private static EntryList merged(EntryList newer, EntryList older) {
        Batch[] batches = Arrays.copyOf(older.batches, older.batches.length + newer.batches.length);
        System.arraycopy(newer.batches, 0, batches, older.batches.length, newer.batches.length);
        EntryList all = new EntryList(batches, newer.size() + older.size());
        long moved = (long) older.batches.length << Integer.SIZE;
        if (older.compare(older.size() - 1, newer, 0) < 0) { // as when keys ascend
            older.copyInto(all, 0);
            newer.copyInto(all, older.size());
            for (int to = older.size(); to < all.size(); to++) {
                all.places[to] += moved;
            }
            return all;
        }
        int left = 0;
        int right = 0;
        for (int to = 0; to < all.size(); to++) {
            if (right == older.size()
                    || left < newer.size() && newer.compare(left, older, right) <= 0) {
                all.set(to, newer, left++, moved);
            } else {
                all.set(to, older, right++, 0);
            }
        }
        return all;
    }

    private void copyInto(EntryList other, int to) {
        System.arraycopy(heads, 0, other.heads, to, size());
        System.arraycopy(necks, 0, other.necks, to, size());
        System.arraycopy(places, 0, other.places, to, size());
        System.arraycopy(hashes, 0, other.hashes, to, size());
    }

    private void set(int to, EntryList from, int index, long moved) {
        heads[to] = from.heads[index];
        necks[to] = from.necks[index];
        places[to] = from.places[index] + moved;
        hashes[to] = from.hashes[index];
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

    /** Whether a key may be among them, by the beginnings of the first and the last. */
    boolean mayHold(byte[] key) {
        long head = KeyHead.of(key, 0);
        long neck = KeyHead.of(key, Long.BYTES);
        return compareStart(0, head, neck) <= 0 && compareStart(size() - 1, head, neck) >= 0;
    }

    private int compareStart(int index, long head, long neck) {
        return heads[index] == head
                ? Long.compareUnsigned(necks[index], neck)
                : Long.compareUnsigned(heads[index], head);
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
        byte[] bytes = other.bytes(others);
        int item = other.item(others);
        int from = WriteItem.keyStart(bytes, item);
        return compareKey(index, bytes, from, WriteItem.keyEnd(bytes, item));
    }

    private int compareKey(int index, byte[] others, int from, int to) {
        byte[] bytes = bytes(index);
        int item = item(index);
        int own = WriteItem.keyStart(bytes, item);
        return Arrays.compareUnsigned(bytes, own, WriteItem.keyEnd(bytes, item), others, from, to);
    }

    private Batch batch(int index) {
        return batches[(int) (places[index] >>> Integer.SIZE)];
    }

    private byte[] bytes(int index) {
        return batch(index).bytes();
    }

    private int item(int index) {
        return (int) places[index];
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
        int order = compareStart(index, head, neck);
        return order == 0 ? compareKey(index, key, 0, key.length) : order;
    }

    boolean isOf(int index, byte[] key) {
        return compareKey(index, key, 0, key.length) == 0;
    }

    boolean isSameKey(int index, int other) {
        return compare(index, this, other) == 0;
    }

    /** The key; a copy. */
    byte[] key(int index) {
        byte[] bytes = bytes(index);
        int item = item(index);
        return Arrays.copyOfRange(
                bytes, WriteItem.keyStart(bytes, item), WriteItem.keyEnd(bytes, item));
    }

    /** The hash of the key, with seed 0. */
    long hash(int index) {
        return hashes[index];
    }

    long sequence(int index) {
        return batch(index).sequence();
    }

    boolean isRemoval(int index) {
        return WriteItem.isRemoval(bytes(index), item(index));
    }

    /** Points a span at the value, which must be there. */
    void value(int index, ByteSpan span) {
        WriteItem.value(bytes(index), item(index), span);
    }

    /** The version; a copy. */
    Entry entry(int index) {
        return new Entry(sequence(index), WriteItem.value(bytes(index), item(index)));
    }
}
