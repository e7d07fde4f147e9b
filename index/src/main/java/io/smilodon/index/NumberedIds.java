package io.smilodon.index;

import io.smilodon.engine.codec.KeyReader;
import io.smilodon.engine.codec.PositiveNumber;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyPageReader;
import io.smilodon.engine.entry.KeyTails;
import io.smilodon.engine.value.Direction;
import java.util.Arrays;

/**
 * Collects entries that follow each other, of which ids and one number are wanted: the encoded
 * {@code _id}s lie in one array, each among other bytes. Not thread-safe.
 */
public final class NumberedIds implements KeyPageReader<IdPage> {

    /** The most that there is room for. */
    public static final int COUNT_MAX = KeyTails.COUNT_MAX;

    private final KeyTails tails = new KeyTails();
    private final int[] starts = new int[COUNT_MAX];
    private final double[] numbers = new double[COUNT_MAX];

    /** For {@link #collected}. */
    private final int[] ends = new int[COUNT_MAX];

    private final double[] different = new double[COUNT_MAX];
    private final int start;

    /** One to which they are added one by one. */
    public NumberedIds() {
        this(0);
    }

    /**
     * One that reads the keys of entries.
     *
     * @param start where in each key the number starts, ascending, which the id follows
     */
    public NumberedIds(int start) {
        this.start = start;
    }

    @Override
    public Class<IdPage> type() {
        return IdPage.class;
    }

    @Override
    public int beginning() {
        return start;
    }

    @Override
    public KeyTails begin() {
        tails.begin(start);
        return tails;
    }

    @Override
    public IdPage page() {
        readNumbers();
        return collected();
    }

    private void readNumbers() {
        byte[] bytes = tails.bytes();
        for (int index = 0; index < tails.count(); index++) {
            int number = tails.start(index);
            int behind = number + PositiveNumber.EXACT_BYTES;
            double exact =
                    behind <= tails.end(index) ? PositiveNumber.exact(bytes, number) : Double.NaN;
            if (exact > 0) {
                numbers[index] = exact;
                starts[index] = behind;
            } else {
                KeyReader reader = new KeyReader(bytes, number);
                numbers[index] = reader.nextDouble(Direction.FORWARD);
                starts[index] = reader.position();
            }
        }
    }

    /** Adds one to those that have come like this; there must be room. */
    public void add(ByteSpan id, double number) {
        int index = tails.count();
        starts[index] = tails.start(index);
        numbers[index] = number;
        tails.add(id);
    }

    /** Whether another can be added. */
    public boolean hasRoom() {
        return tails.hasRoom();
    }

    /** A page of all, one or more. */
    public IdPage collected() {
        int count = tails.count();
        byte[] bytes = tails.bytes();
        int[] hashes = new int[count];
        byte[] places = new byte[count];
        int last = 0;
        different[0] = numbers[0];
        for (int index = 0; index < count; index++) {
            ends[index] = tails.end(index);
            hashes[index] = IdHash.of(bytes, starts[index], ends[index]);
            double number = numbers[index];
            if (different[last] != number && index > 0) {
                different[++last] = number;
            }
            places[index] = (byte) last;
        }
        double[] own = Arrays.copyOf(different, last + 1);
        return new IdPage(hashes, places, own, IdColumn.of(bytes, starts, ends, count));
    }

    /** The memory that it takes. */
    public long memoryBytes() {
        return tails.memoryBytes() + (long) COUNT_MAX * (2 * Integer.BYTES + 2 * Double.BYTES);
    }

    /** How many there are. */
    public int count() {
        return tails.count();
    }

    /** Points a span at an id, until another one is added. */
    public void id(int index, ByteSpan span) {
        int from = starts[index];
        span.set(tails.bytes(), from, tails.end(index) - from);
    }

    public double number(int index) {
        return numbers[index];
    }
}
