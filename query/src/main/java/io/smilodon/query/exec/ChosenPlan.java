package io.smilodon.query.exec;

/** A plan that a request carries out, for those who tell what it did. */
public interface ChosenPlan {

    /** The plan in one line. */
    String summary();

    /** The hash of the shape of its query. */
    String shapeHash();
}
