package io.smilodon.query.predicate;

import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;

/**
 * The comparisons. Bounds with a meaning of their own (null, not a number, MinKey, MaxKey) become
 * other tests here, so that the tests of ranges need not know them.
 */
final class ComparisonOperators {

    private ComparisonOperators() {}

    static Condition eq(Operand operand) {
        return Condition.of(new Equal(comparable(operand)));
    }

    static Condition ne(Operand operand) {
        if (operand.value() instanceof RegexValue) {
            throw operand.context().badValue("Can't have regex as arg to $ne.");
        }
        return new Condition.Not(eq(operand));
    }

    static Condition gt(Operand operand) {
        Value bound = bound(operand);
        return switch (bound) {
            case MinKey lowest -> Condition.of(new AnythingBut(lowest));
            case MaxKey highest -> Condition.never();
            case NullValue nothing -> Condition.never();
            default ->
                    BoundKeys.isNotANumber(bound)
                            ? Condition.never()
                            : Condition.of(new GreaterThan(bound));
        };
    }

    static Condition gte(Operand operand) {
        Value bound = bound(operand);
        return switch (bound) {
            case MinKey lowest -> Condition.of(new Anything());
            case MaxKey highest -> Condition.of(new Equal(highest));
            case NullValue nothing -> Condition.of(new Equal(nothing));
            default ->
                    BoundKeys.isNotANumber(bound)
                            ? Condition.of(new Equal(bound))
                            : Condition.of(new GreaterOrEqual(bound));
        };
    }

    static Condition lt(Operand operand) {
        Value bound = bound(operand);
        return switch (bound) {
            case MinKey lowest -> Condition.never();
            case MaxKey highest -> Condition.of(new AnythingBut(highest));
            case NullValue nothing -> Condition.never();
            default ->
                    BoundKeys.isNotANumber(bound)
                            ? Condition.never()
                            : Condition.of(new LessThan(bound));
        };
    }

    static Condition lte(Operand operand) {
        Value bound = bound(operand);
        return switch (bound) {
            case MinKey lowest -> Condition.of(new Equal(lowest));
            case MaxKey highest -> Condition.of(new Anything());
            case NullValue nothing -> Condition.of(new Equal(nothing));
            default ->
                    BoundKeys.isNotANumber(bound)
                            ? Condition.of(new Equal(bound))
                            : Condition.of(new LessOrEqual(bound));
        };
    }

    private static Value bound(Operand operand) {
        if (operand.value() instanceof RegexValue) {
            throw operand.context().badValue("Can't have RegEx as arg to predicate");
        }
        return comparable(operand);
    }

    private static Value comparable(Operand operand) {
        requireComparable(operand.value(), operand.context());
        return operand.value();
    }

    static void requireComparable(Value value, FilterContext context) {
        if (value instanceof UndefinedValue) {
            throw context.badValue("cannot compare to undefined");
        }
    }
}
