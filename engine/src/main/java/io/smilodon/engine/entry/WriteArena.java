package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where writes lie one behind the other, as {@link WriteItem}s, in large arrays: a collector has
 * less to do with a few of those than with the keys and values of each. Not thread-safe.
 *
 * <pre>place := number of the array u32 | start in it u32</pre>
 */
final class WriteArena {

    private static final int FIRST_ARRAY_BYTES = 1 << 14;
    private static final int ARRAY_BYTES_MAX = 1 << 18;

    private final List<byte[]> arrays = new ArrayList<>();
    private ByteWriter last = new ByteWriter(0);
    private long bytes;

    /** Adds a write; its place. */
    long add(Write write) {
        int more = Math.toIntExact(WriteItem.bytes(write));
        if (last.buffer().length - last.size() < more) {
            begin(more);
        }
        int start = last.size();
        WriteItem.append(write, last);
        bytes += more;
        return (long) (arrays.size() - 1) << Integer.SIZE | start;
    }

    private void begin(int bytesMin) {
        int next = Math.min(2 * last.buffer().length, ARRAY_BYTES_MAX);
        last = new ByteWriter(Math.max(bytesMin, Math.max(next, FIRST_ARRAY_BYTES)));
        arrays.add(last.buffer());
    }

    /** What all writes take that were ever added. */
    long bytes() {
        return bytes;
    }

    byte[] array(long place) {
        return arrays.get((int) (place >>> Integer.SIZE));
    }

    static int start(long place) {
        return (int) place;
    }

    Write write(long place) {
        return WriteItem.write(array(place), start(place));
    }

    boolean isOf(long place, byte[] key) {
        byte[] array = array(place);
        int from = WriteItem.keyStart(array, start(place));
        int end = WriteItem.keyEnd(array, start(place));
        return Arrays.equals(array, from, end, key, 0, key.length);
    }

    int keyLength(long place) {
        byte[] array = array(place);
        return WriteItem.keyEnd(array, start(place)) - WriteItem.keyStart(array, start(place));
    }

    /** Eight bytes of a key, see {@link KeyHead}. */
    long head(long place, int offset) {
        byte[] array = array(place);
        int from = WriteItem.keyStart(array, start(place));
        return KeyHead.of(array, from + offset, WriteItem.keyEnd(array, start(place)));
    }

    int compareKeys(long one, long other) {
        byte[] array = array(one);
        byte[] others = array(other);
        return Arrays.compareUnsigned(
                array,
                WriteItem.keyStart(array, start(one)),
                WriteItem.keyEnd(array, start(one)),
                others,
                WriteItem.keyStart(others, start(other)),
                WriteItem.keyEnd(others, start(other)));
    }
}
