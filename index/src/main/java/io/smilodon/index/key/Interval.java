package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/**
 * A range of values in the order of values, as index keys hold them: an absent field is null, an
 * empty array is undefined.
 *
 * @param low the lower end
 * @param lowIncluded whether the lower end belongs to the range
 * @param high the upper end, not below the lower one
 * @param highIncluded whether the upper end belongs to the range
 */
public record Interval(Value low, boolean lowIncluded, Value high, boolean highIncluded) {

    /** Every value. */
    public static final Interval ALL = new Interval(MinKey.INSTANCE, true, MaxKey.INSTANCE, true);

    private static final Value EMPTY_TEXT = new StringValue("");

    public static Interval point(Value value) {
        return new Interval(value, true, value, true);
    }

    /** Every value of the rank; its upper end is the lowest value of the next rank. */
    public static Interval ofRank(TypeRank rank) {
        return rank == TypeRank.MAX_KEY
                ? point(MaxKey.INSTANCE)
                : new Interval(lowest(rank), true, lowest(next(rank)), false);
    }

    /** The values of the bound's rank above it. */
    public static Interval above(Value bound, boolean included) {
        Interval rank = ofRank(bound.rank());
        return new Interval(bound, included, rank.high, rank.highIncluded);
    }

    /** The values of the bound's rank below it. */
    public static Interval below(Value bound, boolean included) {
        return new Interval(lowest(bound.rank()), true, bound, included);
    }

    /** Whether it holds every value. */
    boolean isAll() {
        return lowIncluded && highIncluded && low instanceof MinKey && high instanceof MaxKey;
    }

    /** Whether it holds exactly one value. */
    public boolean isPoint() {
        return lowIncluded
                && highIncluded
                && (low == high || IndexKey.compareValues(low, high) == 0);
    }

    public boolean contains(Value value) {
        int fromLow = IndexKey.compareValues(value, low);
        int fromHigh = IndexKey.compareValues(value, high);
        return (fromLow > 0 || (fromLow == 0 && lowIncluded))
                && (fromHigh < 0 || (fromHigh == 0 && highIncluded));
    }

    /** As MongoDB's explain shows it, the end that a scan meets first to the left. */
    public String describe(Direction direction) {
        return IntervalText.of(this, direction, false);
    }

    /**
     * Whether it depends on the collation which values are inside, and where they lie. The strings
     * as a whole, from the empty one up, are the same under every collation.
     */
    boolean dependsOnCollation() {
        return ValueOrder.holdsText(low) && !(lowIncluded && low.equals(EMPTY_TEXT))
                || ValueOrder.holdsText(high) && !(!highIncluded && high.equals(EMPTY_TEXT));
    }

    private static TypeRank next(TypeRank rank) {
        return TypeRank.values()[rank.ordinal() + 1];
    }

    /** The lowest value of a rank: not a number, the empty string, the empty document and so on. */
    static Value lowest(TypeRank rank) {
        return switch (rank) {
            case MIN_KEY -> MinKey.INSTANCE;
            case MISSING -> Missing.INSTANCE;
            case UNDEFINED -> UndefinedValue.INSTANCE;
            case NULL -> NullValue.INSTANCE;
            case NUMBER -> new DoubleValue(Double.NaN);
            case STRING -> EMPTY_TEXT;
            case DOCUMENT -> Document.EMPTY;
            case ARRAY -> ArrayValue.EMPTY;
            case BINARY -> new BinaryValue((byte) 0, new byte[0]);
            case OBJECT_ID -> new ObjectId(0, 0, 0);
            case BOOLEAN -> BooleanValue.FALSE;
            case DATE -> new DateValue(Long.MIN_VALUE);
            case TIMESTAMP -> new TimestampValue(0, 0);
            case REGEX -> new RegexValue("", "");
            case DB_POINTER -> new DbPointerValue("", new ObjectId(0, 0, 0));
            case CODE -> new CodeValue("");
            case CODE_WITH_SCOPE -> new CodeWithScopeValue("", Document.EMPTY);
            case MAX_KEY -> MaxKey.INSTANCE;
        };
    }
}
