package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import java.util.Arrays;

/**
 * The best of entries that come with ascending scores; of equal ones those that come first. Not
 * thread-safe.
 *
 * <p>It keeps twice as many as are wanted, the newest, but of one score no more than are wanted: so
 * the best are always among them, and an entry costs no comparison with others.
 */
final class BestOfWord {

    private final int wanted;
    private final byte[][] ids;
    private final double[] scores;
    private final long[] turns;
    private final ByteSpan id = new ByteSpan();
    private int added;
    private double score = Double.NaN;

    /** How many have come with this score. */
    private int equal;

    BestOfWord(int wanted) {
        this.wanted = wanted;
        this.ids = new byte[2 * wanted][0];
        this.scores = new double[2 * wanted];
        this.turns = new long[2 * wanted];
    }

    /** Takes an entry, whose score is no less than that of any before. */
    void add(WordPage page, int index) {
        double next = page.score(index);
        equal = next == score ? equal + 1 : 1;
        score = next;
        if (equal > wanted) {
            return;
        }
        page.id(index, id);
        int place = added % ids.length;
        if (ids[place].length != id.length()) {
            ids[place] = new byte[id.length()];
        }
        System.arraycopy(id.bytes(), id.start(), ids[place], 0, id.length());
        scores[place] = next;
        turns[place] = page.turn(index);
        added++;
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(ids, new byte[0]);
        added = 0;
        score = Double.NaN;
    }

    /** Who takes what is best. */
    interface Taker {

        /** False if it cannot. */
        boolean take(byte[] id, double score, long turn);
    }

    /** Hands on the best and perhaps some others, the best scores first, while they are taken. */
    boolean forEach(Taker taker) {
        int count = Math.min(added, ids.length);
        for (int back = 1; back <= count; back++) {
            int place = (added - back) % ids.length;
            if (!taker.take(ids[place], scores[place], turns[place])) {
                return false;
            }
        }
        return true;
    }
}
