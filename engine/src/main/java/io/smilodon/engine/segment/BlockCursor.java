package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.KeyTails;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Goes through the entries of one block, every version of every key. Not thread-safe. */
final class BlockCursor {

    private static final byte[] NOTHING = {};
    private static final int LINE_BYTES = 64;

    /** Of an entry that is looked for; what is behind them comes by itself. */
    private static final int ENTRY_BYTES = 12 * LINE_BYTES;

    private final Block block;
    private final byte[] content;
    private int next;
    private byte[] key = new byte[64];
    private int keyLength;
    private boolean isRepeated;
    private int shared;
    private long sequence;
    private int valueStart;
    private int valueLength;

    /** Kept only because what nobody uses would not be read. */
    private int approached;

    BlockCursor(Block block) {
        this.block = block;
        this.content = block.content();
        this.next = block.start();
    }

    /** Goes on with the next block; the key is that of the other one until this moves. */
    BlockCursor(Block block, BlockCursor before) {
        this(block);
        this.key = before.key;
        this.keyLength = before.keyLength;
    }

    /** Goes to the first entry whose key is not smaller; false if there is none. */
    boolean seek(byte[] target) {
        BlockKeys keys = block.keys();
        int from = keys.indexFor(target);
        next = keys.place(from);
        approach(Math.min(keys.place(from + 1), next + ENTRY_BYTES));
        if (keys.isWhole()) {
            key = keys.begin(from, key);
            while (advance()) {
                if (compareKey(target) >= 0) {
                    return true;
                }
            }
            return false;
        }
        return passSmaller(target);
    }

    /**
     * The same from a restart. An entry that shares more with the one before it than that one does
     * with the target is smaller as that one is; of others nothing needs to be looked at but what
     * they do not share. So no key is put together but the last.
     */
    private boolean passSmaller(byte[] target) {
        int common = 0;
        while (next < block.entriesEnd()) {
            int suffixLength = readHead();
            if (shared <= common) {
                int end = next + suffixLength;
                int same = Arrays.mismatch(content, next, end, target, shared, target.length);
                if (!isSmaller(same, suffixLength, target)) {
                    isRepeated = false;
                    keyLength = shared + suffixLength;
                    makeRoom();
                    System.arraycopy(target, 0, key, 0, shared);
                    readBehind(suffixLength);
                    return true;
                }
                common = shared + same;
            }
            goBehind(suffixLength);
        }
        return false;
    }

    /** Whether an entry is that begins with so many bytes behind the shared ones as the target. */
    private boolean isSmaller(int same, int suffixLength, byte[] target) {
        return same >= 0
                && shared + same < target.length
                && (same == suffixLength
                        || Byte.compareUnsigned(content[next + same], target[shared + same]) < 0);
    }

    /**
     * Brings the block near the processor as a whole: memory comes faster in one go than entry by
     * entry, as each tells only where the next one is.
     */
    void approach() {
        approach(block.entriesEnd());
    }

    /** The same up to a place. */
    private void approach(int end) {
        int sum = approached;
        for (int place = next; place < end; place += LINE_BYTES) {
            sum += content[place];
        }
        approached = sum;
    }

    /** The place of the next entry. */
    int next() {
        return next;
    }

    /** Stands before the entry at a place, which must be that of a restart. */
    void goTo(int place) {
        next = place;
    }

    /** Moves to the next entry; false at the end. */
    boolean advance() {
        if (next >= block.entriesEnd()) {
            return false;
        }
        int suffixLength = readHead();
        isRepeated = shared + suffixLength == keyLength && isBefore(suffixLength);
        keyLength = shared + suffixLength;
        makeRoom();
        readBehind(suffixLength);
        return true;
    }

    /**
     * Moves to the next entry and tells how much of its key is that of the one before, also where
     * it is stored as a whole; -1 at the end.
     */
    int advanceSharing() {
        if (next >= block.entriesEnd()) {
            return -1;
        }
        int suffixLength = readHead();
        int common = Math.min(shared, keyLength);
        if (common < keyLength && suffixLength > 0 && content[next] == key[common]) {
            int end = next + suffixLength;
            int same = Arrays.mismatch(key, common, keyLength, content, next, end);
            common += same < 0 ? suffixLength : same;
        }
        keyLength = shared + suffixLength;
        makeRoom();
        readBehind(suffixLength);
        return common;
    }

    /**
     * Adds the current key, moves on and adds others while there is room, up to before an entry
     * that begins a restart, may be another version of the key before it or a removal, is long or
     * newer than the sequence, or shares less with that key. After it nothing but the key and the
     * next entry can be asked for.
     */
    void fill(KeyTails tails, long newest, int sharedMin) {
        int end = block.entriesEnd();
        tails.add(key, 0, keyLength);
        boolean isAdded = true;
        while (isAdded && next < end && tails.hasRoom()) {
            int sharedLength = content[next];
            int suffixLength = content[next + 1];
            int at = next + 2;
            long version = content[at++];
            for (int shift = 7; content[at - 1] < 0; shift += 7) {
                version = version & (1L << shift) - 1 | (long) content[at++] << shift;
            }
            int length = content[at++] - 1;
            int behind = at + suffixLength + length;
            isAdded =
                    sharedLength >= sharedMin
                            && suffixLength > 0
                            && length >= 0
                            && version <= newest
                            && behind <= end
                            && tails.addAlike(sharedLength, content, at, suffixLength);
            next = isAdded ? behind : next;
        }
        keyLength = tails.lastEnd();
        makeRoom();
        tails.copyLast(key);
    }

    /** Reads what stands before the suffix of the next entry, whose length this is. */
    private int readHead() {
        shared = (int) varint();
        int suffixLength = (int) varint();
        sequence = varint();
        valueLength = (int) varint() - 1;
        Objects.checkFromIndexSize(next, suffixLength, block.entriesEnd());
        return suffixLength;
    }

    private void makeRoom() {
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, Math.max(keyLength, 2 * key.length));
        }
    }

    /** Reads the suffix into the key. */
    private void readBehind(int suffixLength) {
        System.arraycopy(content, next, key, shared, suffixLength);
        goBehind(suffixLength);
    }

    private void goBehind(int suffixLength) {
        valueStart = next + suffixLength;
        next = valueStart + Math.max(valueLength, 0);
        if (next > block.entriesEnd()) {
            throw new IndexOutOfBoundsException(next);
        }
    }

    /**
     * Whether the key before, which is as long, is the same: then all of it is shared, or nothing
     * at a restart.
     */
    private boolean isBefore(int suffixLength) {
        return shared == keyLength
                || shared == 0
                        && Arrays.equals(key, 0, keyLength, content, next, next + suffixLength);
    }

    /** Whether this is another version of the key before it in the block. */
    boolean isRepeated() {
        return isRepeated;
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

    /** The first byte in which the key differs; its length if it has none before the other ends. */
    int mismatch(byte[] other) {
        int mismatch = Arrays.mismatch(key, 0, keyLength, other, 0, other.length);
        return mismatch < 0 ? keyLength : mismatch;
    }

    boolean isKey(byte[] other) {
        return Arrays.equals(key, 0, keyLength, other, 0, other.length);
    }

    /** How much of the current key is that of the one before. */
    int sharedLength() {
        return shared;
    }

    byte[] copyKey() {
        return Arrays.copyOf(key, keyLength);
    }

    /** Points a span at the key, until the cursor moves. */
    void key(ByteSpan span) {
        span.set(key, 0, keyLength);
    }

    long sequence() {
        return sequence;
    }

    boolean isRemoval() {
        return valueLength < 0;
    }

    byte[] copyValue() {
        return valueLength == 0
                ? NOTHING
                : Arrays.copyOfRange(content, valueStart, valueStart + valueLength);
    }

    /** Points a span at the value, in the block. */
    void value(ByteSpan span) {
        span.set(content, valueStart, valueLength);
    }

    Entry entry() {
        return new Entry(sequence, isRemoval() ? Optional.empty() : Optional.of(copyValue()));
    }
}
