package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes by key, ascending; one of each key. While there are few, or keys come in order, as they do
 * when many documents are loaded, they lie in a sorted list. Then they are hashed, and sorted when
 * all are asked for; and if a range is asked for before that, they become a tree. Not thread-safe.
 */
public final class SortedWrites implements Iterable<Write> {

    /** So many that it pays to keep them together. */
    public static final int MANY = 500;

    private static final byte[] BEFORE_ALL = {};

    private static final Comparator<Write> BY_KEY =
            (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

    /** Up to so many, a key between others is inserted into the list. */
    private static final int FEW = 64;

    /** All writes, ascending, while they are neither hashed nor in the tree. */
    private List<Write> run = new ArrayList<>();

    private Optional<WriteTable> table = Optional.empty();
    private final NavigableMap<byte[], Write> tree = new TreeMap<>(Arrays::compareUnsigned);
    private Optional<PackedWrites> packed = Optional.empty();

    /** The last key, unless they are hashed. */
    private byte[] greatest = BEFORE_ALL;

    private long sizedBytes;

    /** What the starts of the keys take, see {@link WriteItems}. */
    private long startBytes;

    /** Adds a write; returns the one that it replaces, if any. */
    public Optional<Write> put(Write write) {
        packed = Optional.empty();
        Optional<Write> replaced = place(write);
        sizedBytes += write.sizedBytes();
        if (replaced.isPresent()) {
            sizedBytes -= replaced.get().sizedBytes();
        } else {
            startBytes += Math.min(write.key().length, WriteItems.START_BYTES);
        }
        return replaced;
    }

    private Optional<Write> place(Write write) {
        if (table.isPresent()) {
            return table.get().put(write);
        }
        boolean isBehindAll = isBehindAll(write.key());
        if (isBehindAll) {
            greatest = write.key();
        }
        if (!tree.isEmpty()) {
            return Optional.ofNullable(tree.put(write.key(), write));
        }
        if (isBehindAll) {
            run.add(write);
            return Optional.empty();
        }
        return run.size() <= FEW ? insert(write) : hashed().put(write);
    }

    private Optional<Write> insert(Write write) {
        int place = placeOf(write.key());
        if (place >= 0) {
            return Optional.of(run.set(place, write));
        }
        run.add(-place - 1, write);
        return Optional.empty();
    }

    private WriteTable hashed() {
        WriteTable hashed = new WriteTable();
        run.forEach(hashed::put);
        run.clear();
        table = Optional.of(hashed);
        return hashed;
    }

    private boolean isBehindAll(byte[] key) {
        return greatest == BEFORE_ALL || Arrays.compareUnsigned(key, greatest) > 0;
    }

    /** Adds all of another; they replace those of the same keys. */
    public void putAll(SortedWrites others) {
        others.forEach(this::put);
    }

    /** The write of this key, if there is one; keys behind all others are told apart at once. */
    public Optional<Write> find(byte[] key) {
        if (table.isPresent()) {
            return table.get().find(key);
        }
        if (isBehindAll(key)) {
            return Optional.empty();
        }
        if (!tree.isEmpty()) {
            return Optional.ofNullable(tree.get(key));
        }
        int place = placeOf(key);
        return place >= 0 ? Optional.of(run.get(place)) : Optional.empty();
    }

    private int placeOf(byte[] key) {
        return Collections.binarySearch(run, new Write(key, Optional.empty()), BY_KEY);
    }

    /**
     * The writes of a range of keys; a view, not to be used after the next {@link #put}.
     *
     * @param from the first key
     * @param to the key behind the last; empty for no end
     * @param isForward whether they ascend
     */
    public Iterable<Write> range(byte[] from, byte[] to, boolean isForward) {
        if (to.length > 0 && Arrays.compareUnsigned(from, to) > 0) {
            return List.of();
        }
        table.ifPresent(this::plant);
        if (!tree.isEmpty()) {
            NavigableMap<byte[], Write> tail = tree.tailMap(from, true);
            NavigableMap<byte[], Write> part = to.length == 0 ? tail : tail.headMap(to, false);
            return (isForward ? part : part.descendingMap()).values();
        }
        List<Write> part = run.subList(ceiling(from), to.length == 0 ? run.size() : ceiling(to));
        return isForward ? part : part.reversed();
    }

    /** Who asks for ranges between writes is not to pay for sorting each time. */
    private void plant(WriteTable hashed) {
        for (Write write : hashed.sorted()) {
            tree.put(write.key(), write);
        }
        greatest = tree.lastKey();
        table = Optional.empty();
    }

    private int ceiling(byte[] key) {
        int place = placeOf(key);
        return place >= 0 ? place : -place - 1;
    }

    @Override
    public Iterator<Write> iterator() {
        if (table.isPresent() && packed.isPresent()) {
            return packed.get().iterator();
        }
        if (table.isPresent()) {
            run = table.get().sorted();
            greatest = run.getLast().key();
            table = Optional.empty();
        }
        return Collections.unmodifiableCollection(tree.isEmpty() ? run : tree.values()).iterator();
    }

    /**
     * Appends all writes to a batch, by key, ascending; {@link #MANY} are packed at the same time.
     *
     * @param batch has room for them
     */
    public void appendTo(ByteWriter batch) {
        if (size() >= MANY) {
            pack(batch);
        } else {
            forEach(write -> WriteItem.append(write, batch));
        }
    }

    /** All writes, packed; at once if they were appended and nothing was added since. */
    public PackedWrites packed() {
        return packed.orElseGet(() -> pack(new ByteWriter(packedBytes())));
    }

    private PackedWrites pack(ByteWriter batch) {
        PackedWrites.Builder builder =
                new PackedWrites.Builder(batch, size(), packedBytes(), Math.toIntExact(startBytes));
        if (table.isPresent()) {
            table.get().packInto(builder);
        } else {
            forEach(builder::add);
        }
        packed = Optional.of(builder.build());
        return packed.get();
    }

    /** What {@link #appendTo} appends. */
    public int packedBytes() {
        return Math.toIntExact(size() + sizedBytes);
    }

    /** The keys, ascending. */
    public Iterable<byte[]> keys() {
        return () -> {
            Iterator<Write> writes = iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return writes.hasNext();
                }

                @Override
                public byte[] next() {
                    return writes.next().key();
                }
            };
        };
    }

    public int size() {
        return table.isPresent() ? table.get().count() : run.size() + tree.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
