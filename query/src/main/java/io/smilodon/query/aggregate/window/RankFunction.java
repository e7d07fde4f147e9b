package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.sort.SortKey;

/**
 * {@code $rank}, {@code $denseRank} and {@code $documentNumber}: the place in the order, from 1.
 */
enum RankFunction implements WindowFunction {

    /** Documents that tie share the number of the first of them. */
    RANK,

    /** Documents that tie share a number; the next one is one more. */
    DENSE_RANK,

    /** Each document has its own. */
    DOCUMENT_NUMBER;

    private static final Expression NOTHING = new Literal(NullValue.INSTANCE);

    @Override
    public Expression argument() {
        return NOTHING;
    }

    @Override
    public RowResults open(WindowRows rows, EvaluationContext context) {
        return new Ranks(rows, context.order());
    }

    private final class Ranks implements RowResults {

        private final WindowRows rows;
        private final ValueOrder order;
        private long rank;

        Ranks(WindowRows rows, ValueOrder order) {
            this.rows = rows;
            this.order = order;
        }

        @Override
        public Value at(int row) {
            boolean ties =
                    row > 0
                            && RankFunction.this != DOCUMENT_NUMBER
                            && tie(rows.keys().get(row - 1), rows.keys().get(row));
            if (!ties) {
                rank = RankFunction.this == DENSE_RANK ? rank + 1 : row + 1L;
            }
            return NumberValue.intOrLong(rank);
        }

        private boolean tie(SortKey one, SortKey other) {
            for (int i = 0; i < one.values().size(); i++) {
                if (!order.areEqual(one.value(i), other.value(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
