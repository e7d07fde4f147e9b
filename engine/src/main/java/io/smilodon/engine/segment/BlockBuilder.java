package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.KeyCopy;
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
    private final KeyCopy lastKey = new KeyCopy();

    /**
     * Adds the entry that a cursor is at.
     *
     * @param key of it
     * @param common how many bytes its key shares with {@link #lastKey}
     */
    void add(EntryCursor entry, ByteSpan key, int common) {
        boolean isWhole = needsRestart();
        if (isWhole) {
            restart();
        }
        int shared = isWhole ? 0 : common;
        int suffix = key.start() + shared;
        int suffixLength = key.length() - shared;
        content.varint(shared).varint(suffixLength).varint(entry.sequence());
        if (entry.isRemoval()) {
            content.varint(0).raw(key.bytes(), suffix, suffixLength);
        } else {
            entry.value(value);
            content.varint(value.length() + 1L).raw(key.bytes(), suffix, suffixLength);
            content.raw(value.bytes(), value.start(), value.length());
        }
        lastKey.set(key, common);
        entryCount++;
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

    KeyCopy lastKey() {
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
