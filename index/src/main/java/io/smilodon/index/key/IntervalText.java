package io.smilodon.index.key;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueText;
import java.util.Map;

/** Renders intervals as MongoDB's explain does, such as {@code (18, inf]}. */
final class IntervalText {

    /**
     * The highest value of the types that have one. Where an interval ends below the next type,
     * MongoDB names it instead.
     */
    private static final Map<TypeRank, Value> HIGHEST =
            Map.of(
                    TypeRank.NUMBER, new DoubleValue(Double.POSITIVE_INFINITY),
                    TypeRank.OBJECT_ID, new ObjectId(-1, -1, -1),
                    TypeRank.BOOLEAN, BooleanValue.TRUE,
                    TypeRank.DATE, new DateValue(Long.MAX_VALUE),
                    TypeRank.TIMESTAMP, new TimestampValue(-1, -1));

    private IntervalText() {}

    /**
     * @param isCollated whether strings in it are keys of a collation
     */
    static String of(Interval interval, Direction direction, boolean isCollated) {
        Interval shown = closed(interval);
        String low = text(shown.low(), isCollated);
        String high = text(shown.high(), isCollated);
        return direction == Direction.FORWARD
                ? (shown.lowIncluded() ? "[" : "(") + low + ", " + high + closing(shown)
                : (shown.highIncluded() ? "[" : "(")
                        + high
                        + ", "
                        + low
                        + (shown.lowIncluded() ? "]" : ")");
    }

    private static String text(Value end, boolean isCollated) {
        return isCollated && end instanceof StringValue key && !key.value().isEmpty()
                ? CollationKeyText.of(key.value())
                : ValueText.of(end);
    }

    private static String closing(Interval interval) {
        return interval.highIncluded() ? "]" : ")";
    }

    private static Interval closed(Interval interval) {
        Value highest = HIGHEST.get(interval.low().rank());
        if (highest == null || interval.highIncluded()) {
            return interval;
        }
        TypeRank next = TypeRank.values()[interval.low().rank().ordinal() + 1];
        return IndexKey.compareValues(interval.high(), Interval.lowest(next)) == 0
                ? new Interval(interval.low(), interval.lowIncluded(), highest, true)
                : interval;
    }
}
