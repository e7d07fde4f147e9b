package io.smilodon.engine.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a data block, as {@link BlockBuilder} describes it; other bytes may stand around
 * it. Immutable, but for what the cache knows of it.
 */
final class Block extends BlockCache.Cached<Block> {

    private static final VarHandle INT_AT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** What it takes in memory besides its content: itself, two arrays' heads, a shared prefix. */
    private static final int OBJECT_BYTES = 128;

    /** What the keys take for a restart, of one entry or a few large ones. */
    private static final int KEY_BYTES = 2 * BlockKeys.ITEM_BYTES;

    private final byte[] content;
    private final int start;
    private final int restartCount;
    private final int entriesEnd;

    /** What {@link BlockKeys} reads; made at the first search, null before. */
    private volatile byte[] keys;

    Block(byte[] content) {
        this(content, 0, content.length);
    }

    /** The part of the bytes from start to before end. */
    Block(byte[] content, int start, int end) {
        this.content = content;
        this.start = start;
        this.restartCount = (int) INT_AT.get(content, end - Integer.BYTES);
        this.entriesEnd = end - Integer.BYTES * (restartCount + 1);
        if (restartCount <= 0 || entriesEnd <= start) {
            throw new IndexOutOfBoundsException("restarts: " + restartCount);
        }
    }

    /** The bytes in which all places that this names lie. */
    byte[] content() {
        return content;
    }

    int start() {
        return start;
    }

    int entriesEnd() {
        return entriesEnd;
    }

    /** Where to look for a key. */
    BlockKeys keys() {
        byte[] known = keys;
        if (known == null) {
            known = BlockKeys.table(this);
            keys = known;
        }
        return new BlockKeys(this, known);
    }

    /** The same if somebody has asked for it before, else null. */
    BlockKeys knownKeys() {
        byte[] known = keys;
        return known == null ? null : new BlockKeys(this, known);
    }

    @Override
    long bytes() {
        return content.length + OBJECT_BYTES + (long) KEY_BYTES * restartCount;
    }

    @Override
    Block self() {
        return this;
    }

    int restartCount() {
        return restartCount;
    }

    /** The place of a restart. */
    int restart(int index) {
        int place = (int) INT_AT.get(content, entriesEnd + Integer.BYTES * index);
        return start + Objects.checkIndex(place, entriesEnd - start);
    }

    /** How the key of the entry at a restart compares. */
    int compareRestart(int restart, byte[] key) {
        int at = skipVarint(restart);
        int length = 0;
        int shift = 0;
        while (content[at] < 0) {
            length |= (content[at++] & 0x7f) << shift;
            shift += 7;
        }
        length |= content[at++] << shift;
        at = skipVarint(skipVarint(at));
        return Arrays.compareUnsigned(content, at, at + length, key, 0, key.length);
    }

    private int skipVarint(int start) {
        int at = start;
        while (content[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
