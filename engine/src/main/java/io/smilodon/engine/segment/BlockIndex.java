package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.FileHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Which block holds a key.
 *
 * <pre>
 * content := count varint | firstKey sized | (lastKey sized | storedLength varint)[count]
 * </pre>
 *
 * Data blocks stand one behind the other from the end of the header on. Immutable.
 */
final class BlockIndex {

    /** What a last key takes besides its bytes: array, reference and start. */
    private static final int KEY_BYTES = 36;

    private final byte[] firstKey;
    private final byte[][] lastKeys;
    private final long[] starts;
    private final HeadTree tree;

    private BlockIndex(byte[] firstKey, byte[][] lastKeys, long[] starts) {
        this.firstKey = firstKey;
        this.lastKeys = lastKeys;
        this.starts = starts;
        this.tree = new HeadTree(lastKeys);
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
        long bytes = firstKey.length + tree.bytes();
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

    /** About so many last keys, at even distances. */
    List<byte[]> someKeys(int wanted) {
        List<byte[]> keys = new ArrayList<>();
        int stride = Math.max(1, lastKeys.length / wanted);
        for (int block = stride / 2; block < lastKeys.length; block += stride) {
            keys.add(lastKeys[block]);
        }
        return keys;
    }

    long start(int block) {
        return starts[block];
    }

    int storedLength(int block) {
        return (int) (starts[block + 1] - starts[block]);
    }

    /** The first block whose last key is not smaller; {@link #count} if there is none. */
    int blockFor(byte[] key) {
        return tree.placeOf(key);
    }

    /** How many blocks end inside the range of the scan. */
    int count(EntryScan scan) {
        return end(scan) - blockFor(scan.from());
    }

    /** Adds the last key of each of so many blocks that end inside the range of the scan. */
    void addKeys(EntryScan scan, int stride, List<byte[]> keys) {
        int end = end(scan);
        for (int block = blockFor(scan.from()) + stride / 2; block < end; block += stride) {
            keys.add(lastKey(block));
        }
    }

    private int end(EntryScan scan) {
        return scan.to().length == 0 ? count() : blockFor(scan.to());
    }
}
