package io.smilodon.index;

import io.smilodon.engine.codec.KeyReader;
import io.smilodon.engine.codec.PositiveNumber;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyTails;
import io.smilodon.engine.value.Direction;

/**
 * Entries that follow each other, of which ids and one number are wanted: the encoded {@code _id}s
 * lie in one array, each among other bytes. Not thread-safe.
 */
public final class NumberedIds {

    /** The most that there is room for. */
    public static final int COUNT_MAX = KeyTails.COUNT_MAX;

    private final KeyTails tails = new KeyTails();
    private final int[] starts = new int[COUNT_MAX];
    private final double[] numbers = new double[COUNT_MAX];

    /** Forgets all. */
    public void clear() {
        tails.begin(0);
    }

    /** Adds one to those that have come like this since all were forgotten. */
    public void add(ByteSpan id, double number) {
        int index = tails.count();
        starts[index] = tails.start(index);
        numbers[index] = number;
        tails.add(id);
    }

    /**
     * Forgets all, to take others from the keys of entries.
     *
     * @param start where in each key the number starts, ascending, which the id follows
     * @return what is to be filled before {@link #readNumbers}
     */
    public KeyTails tailsFrom(int start) {
        tails.begin(start);
        return tails;
    }

    /** Reads the numbers that stand in the tails. */
    public void readNumbers() {
        byte[] bytes = tails.bytes();
        for (int index = 0; index < tails.count(); index++) {
            int start = tails.start(index);
            int behind = start + PositiveNumber.EXACT_BYTES;
            double number =
                    behind <= tails.end(index) ? PositiveNumber.exact(bytes, start) : Double.NaN;
            if (number > 0) {
                numbers[index] = number;
                starts[index] = behind;
            } else {
                KeyReader reader = new KeyReader(bytes, start);
                numbers[index] = reader.nextDouble(Direction.FORWARD);
                starts[index] = reader.position();
            }
        }
    }

    /** Whether another can be added. */
    public boolean hasRoom() {
        return tails.hasRoom();
    }

    /** The memory that it takes. */
    public long memoryBytes() {
        return tails.memoryBytes() + (long) COUNT_MAX * (Integer.BYTES + Double.BYTES);
    }

    /** How many there are. */
    public int count() {
        return tails.count();
    }

    /** The bytes in which the ids lie; not to be changed. */
    public byte[] bytes() {
        return tails.bytes();
    }

    /** The place of the first byte of an id. */
    public int start(int index) {
        return starts[index];
    }

    /** The place behind the last byte of an id. */
    public int end(int index) {
        return tails.end(index);
    }

    public double number(int index) {
        return numbers[index];
    }
}
