package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/** The index keys on one side of a bound, within the bound's rank. */
final class BoundKeys {

    private BoundKeys() {}

    static List<Interval> above(Value bound, boolean included) {
        return areExact(bound) ? List.of(Interval.above(bound, included)) : List.of(Interval.ALL);
    }

    static List<Interval> below(Value bound, boolean included) {
        if (!areExact(bound)) {
            return List.of(Interval.ALL);
        }
        Interval below = Interval.below(bound, included);
        // Not a number is the lowest number, and is never below anything.
        boolean lowIncluded = bound.rank() != TypeRank.NUMBER;
        return List.of(new Interval(below.low(), lowIncluded, below.high(), below.highIncluded()));
    }

    /** Not so for arrays: their keys are their elements, which say little about the whole. */
    static boolean areExact(Value bound) {
        return !(bound instanceof ArrayValue);
    }

    static boolean isNotANumber(Value value) {
        return value instanceof NumberValue number && Double.isNaN(number.toDouble());
    }
}
