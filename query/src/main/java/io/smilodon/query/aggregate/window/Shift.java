package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;

/**
 * {@code {$shift: {output: <expression>, by: <rows>, default: <constant>}}}: the value of another
 * document of the partition.
 *
 * @param argument the output
 * @param by how many documents further on
 * @param otherwise the result where there is no document or no value
 */
record Shift(Expression argument, int by, Expression otherwise) implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        Value outside = present(otherwise.evaluate(context), NullValue.INSTANCE);
        return row -> {
            long place = (long) row + by;
            boolean isInside = place >= 0 && place < rows.size();
            return isInside ? present(rows.values().get((int) place), outside) : outside;
        };
    }

    private static Value present(Value value, Value otherwise) {
        return value == Missing.INSTANCE ? otherwise : value;
    }
}
