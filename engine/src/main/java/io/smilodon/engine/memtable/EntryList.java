package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.engine.entry.KeyStarts;
import io.smilodon.engine.entry.PackedWrites;
import io.smilodon.engine.entry.WriteItems;
import java.util.Arrays;
import java.util.List;

/**
 * Versions in order: keys ascending, versions of a key descending. In each batch lie all those of
 * one commit. The starts of the keys lie side by side. Immutable.
 */
final class EntryList {

    /**
     * What a commit wrote.
     *
     * @param items one for each version
     * @param sequence the commit
     */
    private record Batch(WriteItems items, long sequence) {}

    private final Batch[] batches;

    /** {@code number of the batch u32 | start of the item in it u32}. */
    private final long[] places;

    private final KeyStarts starts;

    private EntryList(Batch[] batches, int size) {
        this.batches = batches;
        this.places = new long[size];
        this.starts = new KeyStarts(size);
    }

    private EntryList(PackedWrites writes, long sequence) {
        this.batches = new Batch[] {new Batch(writes.items(), sequence)};
        this.places = writes.places();
        this.starts = writes.starts();
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
            older.copyInto(all, 0, 0);
            newer.copyInto(all, 0, older.size());
            for (int to = older.size(); to < all.size(); to++) {
                all.places[to] += moved;
            }
            return all;
        }
        all.merge(newer, older, moved);
        return all;
    }

    /**
     * @param moved what becomes of the places of the newer ones
     */
    private void merge(EntryList newer, EntryList older, long moved) {
        int left = 0;
        int right = 0;
        int to = 0;
        while (left < newer.size() && right < older.size()) {
            boolean isNewer = newer.compare(left, older, right) <= 0;
            EntryList from = isNewer ? newer : older;
            int index = isNewer ? left++ : right++;
            starts.set(to, from.starts, index);
            places[to++] = from.places[index] + (isNewer ? moved : 0);
        }
        newer.copyInto(this, left, to);
        for (; left < newer.size(); left++) {
            places[to++] += moved;
        }
        older.copyInto(this, right, to);
    }

    /** Copies all from there on. */
    private void copyInto(EntryList other, int from, int to) {
        starts.copyFrom(from, other.starts, to);
        System.arraycopy(places, from, other.places, to, size() - from);
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
        return compare(index, key, KeyStarts.of(key));
    }

    private int compare(int index, EntryList other, int others) {
        int byStart = starts.compare(index, other.starts, others);
        if (byStart != 0) {
            return byStart;
        }
        WriteItems items = other.items(others);
        int item = other.item(others);
        byte[] bytes = items.bytes();
        int order = compareRest(index, bytes, items.restStart(item), items.keyEnd(item));
        return order == 0 ? keyLength(index) - items.keyLength(item) : order;
    }

    /** Of keys that start alike; those that end with their start differ at most in length. */
    private int compareRest(int index, byte[] others, int from, int to) {
        WriteItems items = items(index);
        int item = item(index);
        byte[] bytes = items.bytes();
        int start = items.restStart(item);
        return Arrays.compareUnsigned(bytes, start, items.keyEnd(item), others, from, to);
    }

    private Batch batch(int index) {
        return batches[(int) (places[index] >>> Integer.SIZE)];
    }

    private WriteItems items(int index) {
        return batch(index).items();
    }

    private int item(int index) {
        return (int) places[index];
    }

    int keyLength(int index) {
        return items(index).keyLength(item(index));
    }

    /** How many versions are of smaller keys. */
    int rank(byte[] key) {
        KeyStarts start = KeyStarts.of(key);
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, key, start) < 0) {
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

    private int compare(int index, byte[] key, KeyStarts start) {
        int order = starts.compare(index, start, 0);
        if (order == 0) {
            int from = Math.min(key.length, KeyStarts.BYTES);
            order = compareRest(index, key, from, key.length);
        }
        return order == 0 ? keyLength(index) - key.length : order;
    }

    boolean isOf(int index, byte[] key) {
        return compare(index, key) == 0;
    }

    boolean isSameKey(int index, int other) {
        return compare(index, this, other) == 0;
    }

    /**
     * How many bytes a key begins with in common with the one before it.
     *
     * @param shorter how long the shorter one of them is
     */
    int commonWithLast(int index, int shorter) {
        int common = starts.common(index - 1, index);
        if (common < KeyStarts.BYTES || shorter <= KeyStarts.BYTES) {
            return Math.min(common, shorter);
        }
        WriteItems items = items(index);
        WriteItems before = items(index - 1);
        int item = item(index);
        int itemBefore = item(index - 1);
        int mismatch =
                Arrays.mismatch(
                        items.bytes(),
                        items.restStart(item),
                        items.keyEnd(item),
                        before.bytes(),
                        before.restStart(itemBefore),
                        before.keyEnd(itemBefore));
        return mismatch < 0 ? shorter : common + mismatch;
    }

    /** The key; a copy. */
    byte[] key(int index) {
        return items(index).key(item(index), starts, index);
    }

    /** The hash of each key, see {@link KeyHash#inMemory(byte[])}. */
    long[] hashes() {
        long[] found = new long[size()];
        byte[] key = new byte[KeyStarts.BYTES];
        for (int index = 0; index < found.length; index++) {
            int length = keyLength(index);
            if (key.length < length) {
                key = new byte[2 * length];
            }
            copyKey(index, key);
            found[index] = KeyHash.inMemory(key, 0, length);
        }
        return found;
    }

    /** Brings versions near the processor: all at once, not each when its turn comes. */
    int approach(int from, int to) {
        int sum = 0;
        for (int index = from; index < to; index++) {
            byte[] bytes = items(index).bytes();
            int item = item(index);
            sum += bytes[item] + bytes[Math.min(item + KeyStarts.BYTES, bytes.length - 1)];
        }
        return sum;
    }

    /** Puts a key together, in an array that has room for it, and for {@link KeyStarts#BYTES}. */
    void copyKey(int index, byte[] target) {
        items(index).copyKey(item(index), starts, index, target);
    }

    long sequence(int index) {
        return batch(index).sequence();
    }

    boolean isRemoval(int index) {
        return items(index).isRemoval(item(index));
    }

    /** Points a span at the value, which must be there. */
    void value(int index, ByteSpan span) {
        items(index).value(item(index), span);
    }

    /** The version; a copy. */
    Entry entry(int index) {
        return new Entry(sequence(index), items(index).value(item(index)));
    }
}
