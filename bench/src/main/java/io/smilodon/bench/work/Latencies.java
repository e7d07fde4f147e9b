package io.smilodon.bench.work;

/** Counts times in classes that are at most an eighth of a power of two wide. Not thread-safe. */
final class Latencies {

    private static final int SUB_BITS = 5;

    private final long[] counts = new long[Long.SIZE << SUB_BITS];
    private long total;

    void add(long nanos) {
        counts[slot(Math.max(nanos, 1))]++;
        total++;
    }

    private static int slot(long nanos) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        long mantissa =
                exponent >= SUB_BITS ? nanos >>> exponent - SUB_BITS : nanos << SUB_BITS - exponent;
        return exponent << SUB_BITS | (int) mantissa & (1 << SUB_BITS) - 1;
    }

    private static long middle(int slot) {
        int exponent = slot >>> SUB_BITS;
        double mantissa = 1 + ((slot & (1 << SUB_BITS) - 1) + 0.5) / (1 << SUB_BITS);
        return Math.round(Math.scalb(mantissa, exponent));
    }

    void addAll(Latencies other) {
        for (int slot = 0; slot < counts.length; slot++) {
            counts[slot] += other.counts[slot];
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /** The time that this part of the operations did not exceed, roughly. */
    long quantile(double part) {
        long wanted = Math.max(1, Math.round(total * part));
        long seen = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            seen += counts[slot];
            if (seen >= wanted) {
                return middle(slot);
            }
        }
        return 0;
    }
}
