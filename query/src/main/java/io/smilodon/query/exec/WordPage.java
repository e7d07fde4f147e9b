package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyHash;
import io.smilodon.index.NumberedIds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** Some entries of a word: ids and scores, hashes of the ids, and turns. Not thread-safe. */
final class WordPage {

    /** Nobody who chooses ids knows which of them would have one hash. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final long OTHER_SEED = ThreadLocalRandom.current().nextLong();

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long[] FOLLOWING = {};

    private final NumberedIds ids = new NumberedIds();
    private final int[] hashes = new int[NumberedIds.COUNT_MAX];

    /** Of entries that were added one by one; those of others follow each other. */
    private long[] turns = FOLLOWING;

    private long firstTurn;

    /** What is to be filled before {@link #number}. */
    NumberedIds ids() {
        return ids;
    }

    /**
     * Gives the entries their hashes and turns.
     *
     * @param turn the first one's number in the order of entries
     */
    void number(long turn) {
        for (int index = 0; index < ids.count(); index++) {
            int start = ids.start(index);
            hashes[index] = hash(ids.bytes(), start, ids.end(index));
        }
        turns = FOLLOWING;
        firstTurn = turn;
    }

    /** Most ids are their first eight bytes and their last, which are multiplied. */
    private static int hash(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < Long.BYTES || length > 2 * Long.BYTES) {
            return (int) KeyHash.of(bytes, start, length, SEED);
        }
        long left = (long) LONG_AT.get(bytes, start) ^ SEED;
        long right = (long) LONG_AT.get(bytes, end - Long.BYTES) ^ OTHER_SEED;
        long product = left * right ^ Math.multiplyHigh(left, right);
        return (int) (product ^ product >>> Integer.SIZE);
    }

    /** Adds an entry of another page to those that were added like this; there must be room. */
    void add(WordPage from, int index, ByteSpan span) {
        int place = ids.count();
        from.id(index, span);
        ids.add(span, from.score(index));
        hashes[place] = from.hashes[index];
        turns = turns == FOLLOWING ? new long[NumberedIds.COUNT_MAX] : turns;
        turns[place] = from.turn(index);
    }

    boolean hasRoom() {
        return ids.hasRoom();
    }

    int count() {
        return ids.count();
    }

    int hash(int index) {
        return hashes[index];
    }

    double score(int index) {
        return ids.number(index);
    }

    long turn(int index) {
        return turns == FOLLOWING ? firstTurn + index : turns[index];
    }

    /** Points a span at an id. */
    void id(int index, ByteSpan span) {
        int start = ids.start(index);
        span.set(ids.bytes(), start, ids.end(index) - start);
    }

    /** The memory that it takes. */
    long bytes() {
        return ids.memoryBytes()
                + (long) Integer.BYTES * hashes.length
                + (long) Long.BYTES * turns.length;
    }
}
