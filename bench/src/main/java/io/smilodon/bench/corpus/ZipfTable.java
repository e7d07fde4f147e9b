package io.smilodon.bench.corpus;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Draws ranks of which rank r comes up in proportion to 1 / (r + 1)^exponent, in constant time
 * (Walker, "An efficient method for generating discrete random variables", 1977). Immutable.
 */
public final class ZipfTable {

    private final double[] threshold;
    private final int[] alias;

    public ZipfTable(int count, double exponent) {
        double[] weight = new double[count];
        double total = 0;
        for (int rank = 0; rank < count; rank++) {
            weight[rank] = Math.pow(rank + 1, -exponent);
            total += weight[rank];
        }
        threshold = new double[count];
        alias = new int[count];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int rank = 0; rank < count; rank++) {
            threshold[rank] = weight[rank] * count / total;
            alias[rank] = rank;
            (threshold[rank] < 1 ? small : large).push(rank);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int poor = small.pop();
            int rich = large.pop();
            alias[poor] = rich;
            threshold[rich] -= 1 - threshold[poor];
            (threshold[rich] < 1 ? small : large).push(rich);
        }
    }

    /** A rank; 0 is the most frequent. */
    public int next(SplitMix random) {
        double at = random.nextDouble() * threshold.length;
        int slot = (int) at;
        return at - slot < threshold[slot] ? slot : alias[slot];
    }
}
