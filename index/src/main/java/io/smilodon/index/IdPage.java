package io.smilodon.index;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyPage;

/**
 * Some entries that follow each other: of each the encoded {@code _id} of its document, a hash of
 * that, and one number. Immutable; no larger than it has to be.
 */
public final class IdPage implements KeyPage {

    /** What it takes besides what is in its arrays: objects and heads of arrays. */
    private static final int OBJECT_BYTES = 160;

    private final int[] hashes;

    /** Which of the numbers each entry has, as an unsigned byte. */
    private final byte[] places;

    private final double[] numbers;
    private final IdColumn ids;

    /**
     * @param places for each entry the place of its number
     */
    IdPage(int[] hashes, byte[] places, double[] numbers, IdColumn ids) {
        this.hashes = hashes;
        this.places = places;
        this.numbers = numbers;
        this.ids = ids;
    }

    /** How many there are. */
    public int count() {
        return hashes.length;
    }

    /** A hash of an id: of one id always the same in this process. */
    public int hash(int index) {
        return hashes[index];
    }

    public double number(int index) {
        return numbers[Byte.toUnsignedInt(places[index])];
    }

    /** Points a span at an id, which is put together for that. */
    public void id(int index, ByteSpan span) {
        ids.read(index, span);
    }

    @Override
    public long memoryBytes() {
        return OBJECT_BYTES
                + (long) (Integer.BYTES + 1) * hashes.length
                + (long) Double.BYTES * numbers.length
                + ids.memoryBytes();
    }
}
