package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Division;
import java.util.Map;

/**
 * {@code {$linearFill: <expression>}}: for null and missing values what lies on the line between
 * the numbers before and after, by the value that is sorted by; null outside of them.
 */
record LinearFill(Expression argument) implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        for (int row = 0; row < rows.size(); row++) {
            check(rows, row);
        }
        return new Filling(rows);
    }

    private static void check(WindowRows rows, int row) {
        Value value = rows.values().get(row);
        if (!value.isNullish() && !(value instanceof NumberValue)) {
            throw mismatch("Value to be filled must be numeric or nullish", value);
        }
        Value place = rows.place(row);
        if (!(place instanceof NumberValue) && !(place instanceof DateValue)) {
            throw mismatch("The sortBy field of $linearFill must be a number or a date", place);
        }
        if (row > 0) {
            Value before = rows.place(row - 1);
            if (before.rank() != place.rank()) {
                throw mismatch("The sortBy field of $linearFill must not mix types", place);
            }
            if (ValueOrder.equal(before, place)) {
                throw new SmilodonException(
                        ErrorCode.location(6050106),
                        "There can be no repeated values in the sort field",
                        Map.of("value", place.toString()));
            }
        }
    }

    private static SmilodonException mismatch(String text, Value actual) {
        return new SmilodonException(
                ErrorCode.TYPE_MISMATCH, text, Map.of("actual", actual.type().alias()));
    }

    /** Goes on to the next number once the one before is behind. */
    private static final class Filling implements RowResults {

        private final WindowRows rows;
        private int left = -1;
        private int right = -1;

        Filling(WindowRows rows) {
            this.rows = rows;
        }

        @Override
        public Value at(int row) {
            while (right < row) {
                left = right;
                right++;
                while (right < rows.size() && rows.values().get(right).isNullish()) {
                    right++;
                }
            }
            if (right == row) {
                return rows.values().get(row);
            }
            return left < 0 || right == rows.size() ? NullValue.INSTANCE : between(row);
        }

        private Value between(int row) {
            NumberValue from = (NumberValue) rows.values().get(left);
            NumberValue rise = Arithmetic.subtract((NumberValue) rows.values().get(right), from);
            NumberValue slope = Division.divide(rise, distance(left, right));
            return Arithmetic.add(from, Arithmetic.multiply(distance(left, row), slope));
        }

        private NumberValue distance(int first, int second) {
            return Arithmetic.subtract(position(second), position(first));
        }

        private NumberValue position(int row) {
            return rows.place(row) instanceof DateValue date
                    ? new Int64Value(date.epochMillis())
                    : (NumberValue) rows.place(row);
        }
    }
}
