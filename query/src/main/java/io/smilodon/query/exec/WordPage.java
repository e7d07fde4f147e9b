package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.index.IdPage;
import io.smilodon.index.NumberedIds;

/** Some entries of a word: ids and scores, hashes of the ids, and turns. */
sealed interface WordPage {

    int count();

    int hash(int index);

    double score(int index);

    /** An entry's number in the order of entries. */
    long turn(int index);

    /** Points a span at an id, as long as nothing is added. */
    void id(int index, ByteSpan span);

    /** The memory that it takes. */
    long bytes();

    /**
     * Entries as they were read, one behind the other. Others may have them too. Immutable.
     *
     * @param firstTurn the first one's number in the order of entries
     */
    record Read(IdPage entries, long firstTurn) implements WordPage {

        @Override
        public int count() {
            return entries.count();
        }

        @Override
        public int hash(int index) {
            return entries.hash(index);
        }

        @Override
        public double score(int index) {
            return entries.number(index);
        }

        @Override
        public long turn(int index) {
            return firstTurn + index;
        }

        @Override
        public void id(int index, ByteSpan span) {
            entries.id(index, span);
        }

        @Override
        public long bytes() {
            return entries.memoryBytes();
        }
    }

    /** Copies of entries of others. Not thread-safe. */
    final class Picked implements WordPage {

        private final NumberedIds ids = new NumberedIds();
        private final int[] hashes = new int[NumberedIds.COUNT_MAX];
        private final long[] turns = new long[NumberedIds.COUNT_MAX];

        /** Adds an entry of another page; there must be room. */
        void add(WordPage from, int index, ByteSpan span) {
            int place = ids.count();
            from.id(index, span);
            ids.add(span, from.score(index));
            hashes[place] = from.hash(index);
            turns[place] = from.turn(index);
        }

        boolean hasRoom() {
            return ids.hasRoom();
        }

        @Override
        public int count() {
            return ids.count();
        }

        @Override
        public int hash(int index) {
            return hashes[index];
        }

        @Override
        public double score(int index) {
            return ids.number(index);
        }

        @Override
        public long turn(int index) {
            return turns[index];
        }

        @Override
        public void id(int index, ByteSpan span) {
            ids.id(index, span);
        }

        @Override
        public long bytes() {
            return ids.memoryBytes() + (Integer.BYTES + (long) Long.BYTES) * turns.length;
        }
    }
}
