package io.smilodon.query.plan;

import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;

/** What is known, or guessed, of how much a collection holds and how its values are spread. */
public interface Statistics {

    /** About how many documents there are. */
    double documents();

    /** About how many entries the index has. */
    double entries(IndexCandidate index);

    /** About which share, 0 to 1, of the index's entries has a value of the set in this part. */
    double share(IndexCandidate index, int part, IntervalSet values);

    /** About what a scan of these bounds does. */
    Reading reading(IndexCandidate index, IndexBounds bounds);

    /** About which share, 0 to 1, of the documents matches. */
    double share(Predicate predicate);

    /** The same without looking into indexes: sooner, and less exact. */
    default Statistics quick() {
        return this;
    }

    /**
     * What a scan of an index does.
     *
     * @param examined how many entries it looks at
     * @param found how many of them are inside its bounds
     */
    record Reading(double examined, double found) {}

    /** Guesses that know the number of documents only. */
    static Statistics guessed(long documents) {
        return new GuessedStatistics(documents);
    }
}
