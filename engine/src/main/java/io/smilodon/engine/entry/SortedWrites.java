package io.smilodon.engine.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes by key, ascending; one of each key. As long as keys come in order, as they do when many
 * documents are loaded, they lie in a list; the first that does not turns it into a tree. Not
 * thread-safe.
 */
public final class SortedWrites implements Iterable<Write> {

    private static final byte[] BEFORE_ALL = {};

    /** All writes, while {@link #tree} is empty. */
    private final List<Write> run = new ArrayList<>();

    private final NavigableMap<byte[], Write> tree = new TreeMap<>(Arrays::compareUnsigned);
    private byte[] greatest = BEFORE_ALL;

    /** Adds a write; returns the one that it replaces, if any. */
    public Optional<Write> put(Write write) {
        boolean isBehindAll = isBehindAll(write.key());
        if (isBehindAll) {
            greatest = write.key();
            if (tree.isEmpty()) {
                run.add(write);
                return Optional.empty();
            }
        } else if (tree.isEmpty()) {
            run.forEach(earlier -> tree.put(earlier.key(), earlier));
            run.clear();
        }
        return Optional.ofNullable(tree.put(write.key(), write));
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
        Write sought = new Write(key, Optional.empty());
        return Collections.binarySearch(
                run, sought, (one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
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
        if (!tree.isEmpty()) {
            NavigableMap<byte[], Write> tail = tree.tailMap(from, true);
            NavigableMap<byte[], Write> part = to.length == 0 ? tail : tail.headMap(to, false);
            return (isForward ? part : part.descendingMap()).values();
        }
        List<Write> part = run.subList(ceiling(from), to.length == 0 ? run.size() : ceiling(to));
        return isForward ? part : part.reversed();
    }

    private int ceiling(byte[] key) {
        int place = placeOf(key);
        return place >= 0 ? place : -place - 1;
    }

    @Override
    public Iterator<Write> iterator() {
        return Collections.unmodifiableCollection(tree.isEmpty() ? run : tree.values()).iterator();
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
        return run.size() + tree.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
