package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.index.NumberedIds;

/** Some entries of a word: ids and scores, hashes of the ids, and turns. Not thread-safe. */
final class WordPage {

    private static final int NUMBERED_BYTES = Integer.BYTES + Long.BYTES;

    private final NumberedIds ids = new NumberedIds();
    private final int[] hashes = new int[NumberedIds.COUNT_MAX];
    private final long[] turns = new long[NumberedIds.COUNT_MAX];

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
            hashes[index] = ScoredIds.hash(ids.bytes(), start, ids.end(index) - start);
            turns[index] = turn + index;
        }
    }

    /** Adds an entry of another page to those that were added like this; there must be room. */
    void add(WordPage from, int index, ByteSpan span) {
        int place = ids.count();
        from.id(index, span);
        ids.add(span, from.score(index));
        hashes[place] = from.hashes[index];
        turns[place] = from.turns[index];
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
        return turns[index];
    }

    /** Points a span at an id. */
    void id(int index, ByteSpan span) {
        int start = ids.start(index);
        span.set(ids.bytes(), start, ids.end(index) - start);
    }

    /** The memory that it takes. */
    long bytes() {
        return ids.memoryBytes() + (long) NumberedIds.COUNT_MAX * NUMBERED_BYTES;
    }
}
