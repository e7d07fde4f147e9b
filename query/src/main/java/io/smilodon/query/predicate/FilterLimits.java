package io.smilodon.query.predicate;

/** The limits on one filter. */
final class FilterLimits {

    /** Filters inside each other by {@code $and}, {@code $not}, {@code $elemMatch} and so on. */
    static final int NESTING_MAX = 100;

    /** Operators in all, an implicit equality counted as one. */
    static final int OPERATORS_MAX = 10_000;

    /** Values of one {@code $in}, {@code $nin} or {@code $all}. */
    static final int LIST_VALUES_MAX = 100_000;

    private FilterLimits() {}
}
