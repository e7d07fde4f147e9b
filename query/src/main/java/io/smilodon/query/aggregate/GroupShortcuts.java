package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.FieldWalk;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.exec.OperationContext;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some of the groups by the bytes of the fields that their {@code _id} is made of: the same bytes
 * are the same group, though a group may have several, as 1 and 1.0 are equal. Who does not find a
 * group here looks for it by the value. Bounded, and within the operation's memory. Not
 * thread-safe; close it.
 */
final class GroupShortcuts implements AutoCloseable {

    private static final int KEY_BYTES_MAX = 128;
    private static final int COUNT_MAX = 1 << 14;

    /** What an entry takes besides its key. */
    private static final long ENTRY_BYTES = 80;

    private final OperationContext operation;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final ByteBuffer key = ByteBuffer.allocate(KEY_BYTES_MAX);
    private long hash;
    private Entry[] table = new Entry[256];
    private int count;
    private long bytes;

    private record Entry(byte[] key, long hash, List<Accumulator> group) {}

    GroupShortcuts(OperationContext operation) {
        this.operation = operation;
    }

    /**
     * Reads the key of a document.
     *
     * @param pathCount how many of the first paths belong to it
     * @return false if it has none that is short enough
     */
    boolean read(FieldWalk fields, int pathCount) {
        key.clear();
        for (int path = 0; path < pathCount; path++) {
            if (!fields.value(path).appendTo(key)) {
                return false;
            }
        }
        hash = KeyHash.of(key.array(), 0, key.position(), seed);
        return true;
    }

    /** The group of the key that was read. */
    Optional<List<Accumulator>> find() {
        Entry entry = table[slot()];
        return entry == null ? Optional.empty() : Optional.of(entry.group);
    }

    /** Where the key is, or would be. */
    private int slot() {
        int slot = (int) hash & table.length - 1;
        while (table[slot] != null && !isKey(table[slot])) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isKey(Entry entry) {
        return entry.hash == hash
                && Arrays.equals(entry.key, 0, entry.key.length, key.array(), 0, key.position());
    }

    /** Remembers the group of the key that was read, if there is room. */
    void add(List<Accumulator> group) {
        long more = ENTRY_BYTES + key.position();
        boolean hasRoom = count < COUNT_MAX && bytes + more < operation.memoryBytesMax() / 16;
        if (!hasRoom || !operation.tryReserve(more)) {
            return;
        }
        bytes += more;
        count++;
        if (count > table.length / 2) {
            grow();
        }
        table[slot()] = new Entry(Arrays.copyOf(key.array(), key.position()), hash, group);
    }

    private void grow() {
        Entry[] old = table;
        table = new Entry[2 * old.length];
        for (Entry entry : old) {
            if (entry != null) {
                int slot = (int) entry.hash & table.length - 1;
                while (table[slot] != null) {
                    slot = slot + 1 & table.length - 1;
                }
                table[slot] = entry;
            }
        }
    }

    @Override
    public void close() {
        operation.release(bytes);
        bytes = 0;
    }
}
