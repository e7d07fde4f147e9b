package io.smilodon.query.predicate;

import io.smilodon.engine.codec.StoredValue;

/** What a {@link ValueTest} asks, of a value where it is stored. Not thread-safe. */
interface StoredTest {

    /**
     * Whether the value passes, itself, not its elements.
     *
     * @param value not one behind an array
     */
    boolean test(StoredValue value);

    /** The test, made ready for many values. */
    static StoredTest of(ValueTest test) {
        return switch (test) {
            case Equal equal -> StoredComparison.equal(equal);
            case GreaterThan greater -> StoredComparison.above(greater);
            case GreaterOrEqual greater -> StoredComparison.above(greater);
            case LessThan less -> StoredComparison.below(less);
            case LessOrEqual less -> StoredComparison.below(less);
            default -> value -> test.test(value.view());
        };
    }
}
