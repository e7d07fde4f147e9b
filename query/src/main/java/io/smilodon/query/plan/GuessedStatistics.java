package io.smilodon.query.plan;

import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;

/**
 * Statistics without having looked: a single value is rare, a range with two ends has some of the
 * values, a range with one end a third of them. A small collection counts as one of a hundred
 * documents, so that plans do not change while the first few come in.
 */
record GuessedStatistics(double documents) implements Statistics {

    static final double POINT_SHARE = 0.02;
    static final double BOUNDED_SHARE = 0.1;
    static final double OPEN_SHARE = 0.3;

    /** What is left by a test that says nothing of the values it passes. */
    static final double UNKNOWN_SHARE = 0.5;

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

    /** The parts of a key as if they had nothing to do with each other. */
    @Override
    public Reading reading(IndexCandidate index, IndexBounds bounds) {
        double examined = entries(index);
        double found = examined;
        boolean isPrefix = true;
        for (int part = 0; part < index.pattern().length(); part++) {
            double share = share(index, part, bounds.part(part));
            found *= share;
            examined *= isPrefix ? share : 1;
            isPrefix &= bounds.part(part).isPoints();
        }
        if (isPrefix && index.definition().options().unique()) {
            examined = Math.min(examined, points(index, bounds));
            found = Math.min(found, examined);
        }
        return new Reading(examined, found);
    }

    private static double points(IndexCandidate index, IndexBounds bounds) {
        double points = 1;
        for (int part = 0; part < index.pattern().length(); part++) {
            points *= bounds.part(part).intervals().size();
        }
        return points;
    }

    @Override
    public double share(Predicate predicate) {
        return shareOf(predicate);
    }

    /** About which share of documents matches, for who knows nothing of them. */
    static double shareOf(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> {
                double share = 1;
                for (Predicate child : and.children()) {
                    share *= shareOf(child);
                }
                yield share;
            }
            case Predicate.Or or ->
                    Math.min(
                            1,
                            or.children().stream().mapToDouble(GuessedStatistics::shareOf).sum());
            case Predicate.Not not -> 1 - shareOf(not.child());
            case Predicate.At at -> {
                IntervalSet values = IntervalSet.of(at.test().intervals());
                yield values.isAll() ? UNKNOWN_SHARE : share(values, POINT_SHARE);
            }
            case Predicate.Computed computed -> UNKNOWN_SHARE;
            case Predicate.Whole whole -> UNKNOWN_SHARE;
        };
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
