package io.smilodon.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes that are applied together or not at all. Later writes to a key replace earlier ones. Not
 * thread-safe.
 */
public final class WriteBatch {

    private final NavigableMap<byte[], Optional<byte[]>> writes =
            new TreeMap<>(Arrays::compareUnsigned);
    private final List<byte[]> notes = new ArrayList<>();
    private long bytes;
    private byte[] greatest = {};

    public WriteBatch put(byte[] key, byte[] value) {
        record(key, Optional.of(value), value.length);
        return this;
    }

    public WriteBatch delete(byte[] key) {
        record(key, Optional.empty(), 0);
        return this;
    }

    /** The same writes; what is added to one is not in the other. */
    WriteBatch copy() {
        WriteBatch copy = new WriteBatch();
        copy.writes.putAll(writes);
        copy.notes.addAll(notes);
        copy.bytes = bytes;
        copy.greatest = greatest;
        return copy;
    }

    /** Adds opaque bytes for the readers of the change feed. */
    public WriteBatch note(byte[] note) {
        notes.add(note);
        bytes += note.length;
        return this;
    }

    private void record(byte[] key, Optional<byte[]> value, int valueBytes) {
        if (isBehindAll(key)) {
            greatest = key;
        }
        Optional<byte[]> replaced = writes.put(key, value);
        if (replaced == null) {
            bytes += key.length;
        } else {
            bytes -= replaced.map(old -> old.length).orElse(0);
        }
        bytes += valueBytes;
    }

    private boolean isBehindAll(byte[] key) {
        return Arrays.compareUnsigned(key, greatest) > 0;
    }

    /** Whether the key may be among the writes; ascending keys are told apart at once. */
    boolean mayHave(byte[] key) {
        return !isBehindAll(key);
    }

    /** The writes by key; a removal is an empty value. Unmodifiable. */
    public NavigableMap<byte[], Optional<byte[]>> writes() {
        return Collections.unmodifiableNavigableMap(writes);
    }

    /** The notes in the order in which they were added. Unmodifiable. */
    public List<byte[]> notes() {
        return Collections.unmodifiableList(notes);
    }

    /** The size of all keys, values and notes. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return writes.isEmpty() && notes.isEmpty();
    }
}
