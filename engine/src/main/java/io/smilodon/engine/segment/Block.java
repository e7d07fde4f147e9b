package io.smilodon.engine.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a data block, as {@link BlockBuilder} describes it; other bytes may stand around
 * it. Immutable.
 */
final class Block {

    private static final VarHandle INT_AT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] content;
    private final int start;
    private final int restartCount;
    private final int entriesEnd;

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

    /** The place of the last restart whose key is smaller; of the first one if none is. */
    int restartBefore(byte[] key) {
        int low = 0;
        int high = restartCount - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compareRestart(middle, key) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return restart(low);
    }

    private int restart(int index) {
        int place = (int) INT_AT.get(content, entriesEnd + Integer.BYTES * index);
        return start + Objects.checkIndex(place, entriesEnd - start);
    }

    private int compareRestart(int index, byte[] key) {
        int at = skipVarint(restart(index));
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
