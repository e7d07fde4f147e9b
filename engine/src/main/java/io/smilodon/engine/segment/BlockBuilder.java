package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.file.ByteWriter;
import java.util.Arrays;

/**
 * Builds the content of a data block from entries in order: keys ascending, versions of a key
 * descending.
 *
 * <pre>
 * content := entry* | restart u32[n] | n u32
 * entry   := shared varint | suffixLength varint | sequence varint | valueLength + 1 varint
 *          | suffix | value                      (0 in place of valueLength + 1 for a removal)
 * </pre>
 *
 * A key is the first {@code shared} bytes of the key before it, then the suffix. An entry shares
 * nothing where the last one that did not is {@value #RESTART_INTERVAL} entries or {@value
 * #RESTART_BYTES} bytes back, so that a search has little to go over; the restarts are the places
 * of those. Not thread-safe.
 */
final class BlockBuilder {

    static final int RESTART_INTERVAL = 16;
    static final int RESTART_BYTES = 1 << 10;

    private final ByteWriter content = new ByteWriter(SegmentWriter.BLOCK_BYTES * 2);
    private final ByteSpan value = new ByteSpan();
    private int[] restarts = new int[64];
    private int restartCount;
    private int entryCount;
    private int lastRestartEntry;
    private byte[] lastKey = {};

    /**
     * Adds the entry that a cursor is at.
     *
     * @param common how many bytes its key shares with {@link #lastKey}
     */
    void add(EntryCursor entry, int common) {
        byte[] key = entry.key();
        boolean isWhole = needsRestart();
        if (isWhole) {
            restart();
        }
        int shared = isWhole ? 0 : common;
        content.varint(shared).varint(key.length - shared).varint(entry.sequence());
        if (entry.isRemoval()) {
            content.varint(0).raw(key, shared, key.length - shared);
        } else {
            entry.value(value);
            content.varint(value.length() + 1L).raw(key, shared, key.length - shared);
            content.raw(value.bytes(), value.start(), value.length());
        }
        lastKey = key;
        entryCount++;
    }

    /** How many bytes a key shares with the last one. */
    int common(byte[] key) {
        int mismatch = Arrays.mismatch(lastKey, key);
        return mismatch < 0 ? key.length : mismatch;
    }

    private boolean needsRestart() {
        return restartCount == 0
                || entryCount - lastRestartEntry >= RESTART_INTERVAL
                || content.size() - restarts[restartCount - 1] >= RESTART_BYTES;
    }

    private void restart() {
        if (restartCount == restarts.length) {
            restarts = Arrays.copyOf(restarts, 2 * restartCount);
        }
        restarts[restartCount++] = content.size();
        lastRestartEntry = entryCount;
    }

    /** Bytes so far. */
    int size() {
        return content.size() + Integer.BYTES * (restartCount + 1);
    }

    boolean isEmpty() {
        return entryCount == 0;
    }

    byte[] lastKey() {
        return lastKey;
    }

    /** Appends the restarts; the content is the first {@link ByteWriter#size} bytes. */
    ByteWriter finish() {
        for (int index = 0; index < restartCount; index++) {
            content.u32(restarts[index]);
        }
        return content.u32(restartCount);
    }

    void clear() {
        content.clear();
        restartCount = 0;
        entryCount = 0;
    }
}
