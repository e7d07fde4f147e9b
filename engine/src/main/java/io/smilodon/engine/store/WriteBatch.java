package io.smilodon.engine.store;

import java.util.Arrays;
import java.util.Collections;
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
    private long bytes;

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
        copy.bytes = bytes;
        return copy;
    }

    private void record(byte[] key, Optional<byte[]> value, int valueBytes) {
        Optional<byte[]> replaced = writes.put(key, value);
        if (replaced == null) {
            bytes += key.length;
        } else {
            bytes -= replaced.map(old -> old.length).orElse(0);
        }
        bytes += valueBytes;
    }

    /** The writes by key; a removal is an empty value. Unmodifiable. */
    public NavigableMap<byte[], Optional<byte[]>> writes() {
        return Collections.unmodifiableNavigableMap(writes);
    }

    /** The size of all keys and values. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }
}
