package io.smilodon.query.exec;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The documents that a stage has handed on already. Accounts for its memory. */
final class SeenIds {

    /** What an entry of a hash set takes besides the bytes themselves. */
    private static final long ENTRY_BYTES = 112;

    private final MemoryAccount memory;
    private final Set<ByteBuffer> ids = new HashSet<>();

    SeenIds(String stage, OperationContext operation) {
        this.memory = new MemoryAccount(stage, operation);
    }

    /** False if the id was there. */
    boolean add(byte[] id) {
        if (!ids.add(ByteBuffer.wrap(id))) {
            return false;
        }
        memory.reserve(id.length + ENTRY_BYTES);
        return true;
    }

    boolean contains(byte[] id) {
        return ids.contains(ByteBuffer.wrap(id));
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    void clear() {
        ids.clear();
        memory.close();
    }
}
