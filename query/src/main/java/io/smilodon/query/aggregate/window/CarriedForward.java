package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;

/**
 * {@code {$locf: <expression>}}: for null and missing values the last one before that was there.
 */
record CarriedForward(Expression argument) implements WindowFunction {

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        return new RowResults() {
            private Value last = NullValue.INSTANCE;

            @Override
            public Value at(int row) {
                Value value = rows.values().get(row);
                last = value.isNullish() ? last : value;
                return last;
            }
        };
    }
}
