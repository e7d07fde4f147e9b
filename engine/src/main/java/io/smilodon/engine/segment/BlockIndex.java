package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.FileHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which block holds a key.
 *
 * <pre>
 * content := count varint | firstKey sized | (lastKey sized | storedLength varint)[count]
 * </pre>
 *
 * Data blocks stand one behind the other from the end of the header on. Of each last key, the eight
 * bytes behind what all keys share lie together in memory, where most searches end. Immutable.
 */
final class BlockIndex {

    /** What a last key takes besides its bytes: array, reference, start and head. */
    private static final int KEY_BYTES = 48;

    private final byte[] firstKey;
    private final byte[][] lastKeys;
    private final long[] starts;
    private final int sharedLength;
    private final long[] heads;

    private BlockIndex(byte[] firstKey, byte[][] lastKeys, long[] starts) {
        this.firstKey = firstKey;
        this.lastKeys = lastKeys;
        this.starts = starts;
        this.sharedLength = lastKeys.length == 0 ? 0 : sharedLength(firstKey, lastKey());
        this.heads = new long[lastKeys.length];
        for (int block = 0; block < heads.length; block++) {
            heads[block] = KeyHead.of(lastKeys[block], sharedLength);
        }
    }

    private static int sharedLength(byte[] first, byte[] last) {
        int mismatch = Arrays.mismatch(first, last);
        return mismatch < 0 ? first.length : mismatch;
    }

    /** Collects what the index says. Not thread-safe. */
    static final class Builder {

        private byte[] firstKey = {};
        private final List<byte[]> lastKeys = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();

        void first(byte[] key) {
            firstKey = key;
        }

        void add(byte[] lastKey, int storedLength) {
            lastKeys.add(lastKey);
            lengths.add(storedLength);
        }

        int count() {
            return lengths.size();
        }

        byte[] encode() {
            ByteWriter writer = new ByteWriter(1024);
            writer.varint(lengths.size()).sized(firstKey);
            for (int block = 0; block < lengths.size(); block++) {
                writer.sized(lastKeys.get(block)).varint(lengths.get(block));
            }
            return writer.toBytes();
        }
    }

    static BlockIndex decode(byte[] content) {
        ByteReader reader = new ByteReader(content);
        int count = reader.length();
        byte[] firstKey = reader.sized();
        byte[][] lastKeys = new byte[count][];
        long[] starts = new long[count + 1];
        starts[0] = FileHeader.BYTES;
        for (int block = 0; block < count; block++) {
            lastKeys[block] = reader.sized();
            starts[block + 1] = starts[block] + reader.varint();
        }
        return new BlockIndex(firstKey, lastKeys, starts);
    }

    int count() {
        return lastKeys.length;
    }

    /** About how much memory it takes. */
    long bytes() {
        long bytes = firstKey.length;
        for (byte[] key : lastKeys) {
            bytes += KEY_BYTES + key.length;
        }
        return bytes;
    }

    byte[] firstKey() {
        return firstKey;
    }

    byte[] lastKey() {
        return lastKeys[lastKeys.length - 1];
    }

    byte[] lastKey(int block) {
        return lastKeys[block];
    }

    long start(int block) {
        return starts[block];
    }

    int storedLength(int block) {
        return (int) (starts[block + 1] - starts[block]);
    }

    /** The first block whose last key is not smaller; {@link #count} if there is none. */
    int blockFor(byte[] key) {
        int compared = Math.min(key.length, sharedLength);
        int order = Arrays.compareUnsigned(key, 0, compared, firstKey, 0, sharedLength);
        if (order != 0) {
            return order < 0 ? 0 : lastKeys.length;
        }
        long head = KeyHead.of(key, sharedLength);
        int low = 0;
        int high = lastKeys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(middle, key, head)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBefore(int block, byte[] key, long head) {
        return heads[block] == head
                ? Arrays.compareUnsigned(lastKeys[block], key) < 0
                : Long.compareUnsigned(heads[block], head) < 0;
    }
}
