package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Entry;
import java.util.Arrays;
import java.util.Optional;

/** Goes through the entries of one block, every version of every key. Not thread-safe. */
final class BlockCursor {

    private final Block block;
    private final byte[] content;
    private int next;
    private byte[] key = new byte[64];
    private int keyLength;
    private long sequence;
    private int valueStart;
    private int valueLength;

    BlockCursor(Block block) {
        this.block = block;
        this.content = block.content();
        this.next = block.start();
    }

    /** Stands before the first entry whose key is not smaller: the next step goes there. */
    boolean seek(byte[] target) {
        next = block.restartBefore(target);
        while (advance()) {
            if (compareKey(target) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next entry; false at the end. */
    boolean advance() {
        if (next >= block.entriesEnd()) {
            return false;
        }
        int shared = (int) varint();
        int suffixLength = (int) varint();
        sequence = varint();
        valueLength = (int) varint() - 1;
        keyLength = shared + suffixLength;
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, Math.max(keyLength, 2 * key.length));
        }
        System.arraycopy(content, next, key, shared, suffixLength);
        valueStart = next + suffixLength;
        next = valueStart + Math.max(valueLength, 0);
        if (next > block.entriesEnd()) {
            throw new IndexOutOfBoundsException(next);
        }
        return true;
    }

    private long varint() {
        long value = 0;
        int shift = 0;
        byte read = content[next++];
        while (read < 0) {
            value |= (long) (read & 0x7f) << shift;
            shift += 7;
            read = content[next++];
        }
        return value | (long) read << shift;
    }

    int compareKey(byte[] other) {
        return Arrays.compareUnsigned(key, 0, keyLength, other, 0, other.length);
    }

    boolean isKey(byte[] other) {
        return Arrays.equals(key, 0, keyLength, other, 0, other.length);
    }

    byte[] copyKey() {
        return Arrays.copyOf(key, keyLength);
    }

    long sequence() {
        return sequence;
    }

    boolean isRemoval() {
        return valueLength < 0;
    }

    byte[] copyValue() {
        return Arrays.copyOfRange(content, valueStart, valueStart + valueLength);
    }

    /** Points a span at the value, in the block. */
    void value(ByteSpan span) {
        span.set(content, valueStart, valueLength);
    }

    Entry entry() {
        return new Entry(sequence, isRemoval() ? Optional.empty() : Optional.of(copyValue()));
    }
}
