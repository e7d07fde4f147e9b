package io.smilodon.query.exec;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The documents that a stage has handed on already. Accounts for its memory. */
final class SeenIds {

    /** What an entry of a hash set takes besides the bytes themselves. */
    private static final long ENTRY_BYTES = 112;

    private final String stage;
    private final OperationContext operation;
    private final Set<ByteBuffer> ids = new HashSet<>();
    private long bytes;

    SeenIds(String stage, OperationContext operation) {
        this.stage = stage;
        this.operation = operation;
    }

    /** False if the id was there. */
    boolean add(byte[] id) {
        if (!ids.add(ByteBuffer.wrap(id))) {
            return false;
        }
        bytes += id.length + ENTRY_BYTES;
        operation.reserve(stage, id.length + ENTRY_BYTES);
        return true;
    }

    void clear() {
        ids.clear();
        operation.release(bytes);
        bytes = 0;
    }
}
