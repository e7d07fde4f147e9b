package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.date.DateUnit;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Numbers;
import java.util.Optional;
import java.util.Set;

/**
 * Which values {@code $densify} adds.
 *
 * @param step how far they are apart, positive; a whole number where there is a unit
 * @param unit the unit of the step, where the values are dates
 * @param bounds between which they lie
 */
record DensifyRange(NumberValue step, Optional<DateUnit> unit, Bounds bounds) {

    private static final String MIXED =
            "a bounding array must contain either both dates or both numeric types";

    /** Where the values begin and end. */
    sealed interface Bounds {

        /** With the least and greatest value of all documents. */
        record Full() implements Bounds {}

        /** With the least and greatest value of each partition. */
        record OfPartition() implements Bounds {}

        /** With the lower one, and before the upper one. */
        record Between(Value lower, Value upper) implements Bounds {}
    }

    static DensifyRange parse(StageOperand operand, boolean hasPartitions) {
        if (!(operand.value() instanceof Document range)) {
            throw operand.error(ErrorCode.TYPE_MISMATCH, "'range' must be an object");
        }
        OptionNames.check(operand, range, Set.of("step", "bounds"), Set.of("unit"));
        Optional<DateUnit> unit = unit(operand.child("unit", range.get("unit")));
        NumberValue step = step(operand.child("step", range.get("step")), unit);
        StageOperand bounds = operand.child("bounds", range.get("bounds"));
        DensifyRange full = new DensifyRange(step, unit, new Bounds.Full());
        Bounds read =
                switch (bounds.value()) {
                    case ArrayValue pair -> between(bounds, pair, full);
                    case StringValue name -> named(bounds, name.value(), hasPartitions);
                    default ->
                            throw bounds.error(
                                    5733404,
                                    "the bounds in a range statement must be the string 'full',"
                                            + " 'partition', or an ascending array of two numbers"
                                            + " or two dates");
                };
        return new DensifyRange(step, unit, read);
    }

    private static Optional<DateUnit> unit(StageOperand place) {
        if (place.value() == Missing.INSTANCE) {
            return Optional.empty();
        }
        if (!(place.value() instanceof StringValue name)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'unit' must be a string");
        }
        return Optional.of(
                DateUnit.find(name.value())
                        .orElseThrow(
                                () ->
                                        place.error(
                                                ErrorCode.FAILED_TO_PARSE,
                                                "unknown time unit value")));
    }

    private static NumberValue step(StageOperand place, Optional<DateUnit> unit) {
        if (!(place.value() instanceof NumberValue step)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'step' must be a number");
        }
        if (Numbers.isNaN(step) || Numbers.isNegative(step) || Numbers.isZero(step)) {
            throw place.error(
                    5733401,
                    "the step parameter in a range statement must be a strictly positive numeric"
                            + " value");
        }
        if (unit.isPresent() && !step.isIntegral()) {
            throw place.error(
                    6586400,
                    "The step parameter in a range satement must be a whole number when densifying"
                            + " a date range");
        }
        return step;
    }

    private static Bounds named(StageOperand place, String name, boolean hasPartitions) {
        if (name.equals("full")) {
            return new Bounds.Full();
        }
        if (!name.equals("partition")) {
            throw place.error(5946802, "Bounds string must either be 'full' or 'partition'");
        }
        if (!hasPartitions) {
            throw place.error(
                    5733408,
                    "one may not specify the bounds as 'partition' without specifying a non-empty"
                            + " array of partitionByFields");
        }
        return new Bounds.OfPartition();
    }

    private static Bounds between(StageOperand place, ArrayValue pair, DensifyRange range) {
        if (pair.size() != 2) {
            throw place.error(
                    5733403,
                    "a bounding array in a range statement must have exactly two elements");
        }
        Value lower = pair.get(0);
        Value upper = pair.get(1);
        if (ValueOrder.ASCENDING.compare(lower, upper) > 0) {
            throw place.error(
                    5733402,
                    "a bounding array must be an ascending array of either two dates or two"
                            + " numbers");
        }
        switch (lower) {
            case NumberValue number -> requireNumbers(place, pair, range);
            case DateValue date -> requireDates(place, upper, range);
            default -> throw place.error(5946800, "Explicit bounds must be numeric or dates");
        }
        return new Bounds.Between(lower, upper);
    }

    private static void requireNumbers(StageOperand place, ArrayValue pair, DensifyRange range) {
        if (range.unit.isPresent()) {
            throw place.error(5733409, "numeric bounds may not have unit parameter");
        }
        Value upper = pair.get(1);
        if (!(upper instanceof NumberValue)) {
            throw place.error(5733406, MIXED);
        }
        if (pair.get(0).type() != upper.type() || upper.type() != range.step.type()) {
            throw place.error(
                    5876900, "Upper bound, lower bound, and step must all have the same type");
        }
    }

    private static void requireDates(StageOperand place, Value upper, DensifyRange range) {
        if (!(upper instanceof DateValue)) {
            throw place.error(5733405, MIXED);
        }
        if (range.unit.isEmpty()) {
            throw place.error(5733410, "a bounding array of dates must have a unit");
        }
    }

    /** The value one step behind this one, a number or a date. */
    Value after(Value value) {
        return value instanceof DateValue date
                ? new DateValue(unit.orElseThrow().addUtc(date.epochMillis(), step.toLong()))
                : Arithmetic.add((NumberValue) value, step);
    }
}
