package io.smilodon.query.plan;

import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;

/**
 * Statistics without having looked: a single value is rare, a range with two ends has some of the
 * values, a range with one end a third of them. A small collection counts as one of a hundred
 * documents, so that plans do not change while the first few come in.
 */
record GuessedStatistics(double documents) implements Statistics {

    static final double POINT_SHARE = 0.02;
    static final double BOUNDED_SHARE = 0.1;
    static final double OPEN_SHARE = 0.3;

    private static final double DOCUMENTS_MIN = 100;

    /** A document with arrays has several entries; how many is not known. */
    private static final double ENTRIES_OF_MULTIKEY = 2;

    GuessedStatistics {
        documents = Math.max(documents, DOCUMENTS_MIN);
    }

    @Override
    public double entries(IndexCandidate index) {
        return index.isSingleKey() ? documents : documents * ENTRIES_OF_MULTIKEY;
    }

    @Override
    public double share(IndexCandidate index, int part, IntervalSet values) {
        boolean isUnique = index.definition().options().unique() && index.pattern().length() == 1;
        return share(values, isUnique ? 1 / entries(index) : POINT_SHARE);
    }

    static double share(IntervalSet values, double pointShare) {
        if (values.isAll()) {
            return 1;
        }
        double share = 0;
        for (Interval interval : values.intervals()) {
            share += share(interval, pointShare);
        }
        return Math.min(share, 0.95);
    }

    private static double share(Interval interval, double pointShare) {
        if (interval.isPoint()) {
            return pointShare;
        }
        // A range from one rank to the start of the next came from a comparison with one bound.
        boolean isBounded =
                interval.low().rank() == interval.high().rank()
                        && !Interval.ofRank(interval.low().rank()).low().equals(interval.low());
        return isBounded ? BOUNDED_SHARE : OPEN_SHARE;
    }
}
