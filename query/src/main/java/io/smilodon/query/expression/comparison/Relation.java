package io.smilodon.query.expression.comparison;

import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.function.IntPredicate;

/** What must be true of the sign of a comparison. */
public enum Relation {
    EQUAL(sign -> sign == 0),
    UNEQUAL(sign -> sign != 0),
    GREATER(sign -> sign > 0),
    NOT_LESS(sign -> sign >= 0),
    LESS(sign -> sign < 0),
    NOT_GREATER(sign -> sign <= 0);

    private static final IntervalSet NULL = IntervalSet.point(NullValue.INSTANCE);

    private final IntPredicate test;

    Relation(IntPredicate test) {
        this.test = test;
    }

    boolean holds(int sign) {
        return test.test(sign);
    }

    /** The relation in which the second value stands to the first. */
    Relation mirrored() {
        return switch (this) {
            case EQUAL, UNEQUAL -> this;
            case GREATER -> LESS;
            case NOT_LESS -> NOT_GREATER;
            case LESS -> GREATER;
            case NOT_GREATER -> NOT_LESS;
        };
    }

    /**
     * The index keys of the values that stand in the relation to this one. Types are not kept
     * apart; an absent value, which sorts below null, has its key.
     */
    public IntervalSet keys(Value bound, ValueOrder order) {
        if (bound instanceof Missing) {
            return this == EQUAL ? NULL : IntervalSet.ALL;
        }
        IntervalSet present = IntervalSet.of(present(order.key(bound)));
        boolean isOfAbsent = holds(order.compare(Missing.INSTANCE, bound));
        return isOfAbsent ? present.union(NULL) : present;
    }

    private Interval present(Value bound) {
        return switch (this) {
            case EQUAL -> Interval.point(bound);
            case UNEQUAL -> Interval.ALL;
            case GREATER -> new Interval(bound, false, MaxKey.INSTANCE, true);
            case NOT_LESS -> new Interval(bound, true, MaxKey.INSTANCE, true);
            case LESS -> new Interval(MinKey.INSTANCE, true, bound, false);
            case NOT_GREATER -> new Interval(MinKey.INSTANCE, true, bound, true);
        };
    }
}
