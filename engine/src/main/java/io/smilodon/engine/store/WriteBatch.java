package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Writes that are applied together or not at all. Later writes to a key replace earlier ones. Keys,
 * values and notes are not copied: nobody may change the arrays, not even when they are committed,
 * for memory is searched by these very keys. Not thread-safe.
 */
public final class WriteBatch {

    private final SortedWrites writes = new SortedWrites();
    private final List<byte[]> notes = new ArrayList<>();
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
        copy.notes.addAll(notes);
        copy.bytes = bytes;
        return copy;
    }

    /** Adds opaque bytes for the readers of the change feed. */
    public WriteBatch note(byte[] note) {
        notes.add(note);
        bytes += note.length;
        return this;
    }

    private void record(byte[] key, Optional<byte[]> value, int valueBytes) {
        Optional<Write> replaced = writes.put(new Write(key, value));
        if (replaced.isEmpty()) {
            bytes += key.length;
        } else {
            bytes -= replaced.get().value().map(old -> old.length).orElse(0);
        }
        bytes += valueBytes;
    }

    /** The writes by key, ascending. */
    public Iterable<Write> writes() {
        return writes::iterator;
    }

    /** The same, to look them up; not to be changed by others. */
    SortedWrites sorted() {
        return writes;
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
