package io.smilodon.query.expression.comparison;

import java.util.function.IntPredicate;

/** What must be true of the sign of a comparison. */
public enum Relation {
    EQUAL(sign -> sign == 0),
    UNEQUAL(sign -> sign != 0),
    GREATER(sign -> sign > 0),
    NOT_LESS(sign -> sign >= 0),
    LESS(sign -> sign < 0),
    NOT_GREATER(sign -> sign <= 0);

    private final IntPredicate test;

    Relation(IntPredicate test) {
        this.test = test;
    }

    boolean holds(int sign) {
        return test.test(sign);
    }
}
