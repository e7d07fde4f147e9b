package io.smilodon.query.accumulator;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code $top} and its kin take of a document: an array of what it is sorted by, with the
 * output behind that, null if there is none.
 */
record SortedOutput(SortPattern pattern, Expression output) implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        SortPattern sort = pattern.under(context.order());
        List<Value> values = new ArrayList<>(sort.keyOf(context.root()).values());
        Value result = output.evaluate(context);
        values.add(result == Missing.INSTANCE ? NullValue.INSTANCE : result);
        return ArrayValue.of(values);
    }

    @Override
    public void collectPaths(PathCollector collector) {
        pattern.parts().forEach(part -> collector.add(part.path()));
        output.collectPaths(collector);
    }

    /** The order of what it evaluates to. */
    Ranking ranking(boolean isFromEnd, ValueOrder order) {
        int last = pattern.parts().size();
        return new Ranking(
                (left, right) -> compare(left, right, order),
                isFromEnd,
                value -> ((ArrayValue) value).get(last));
    }

    private int compare(Value left, Value right, ValueOrder order) {
        List<SortPart> parts = pattern.parts();
        for (int i = 0; i < parts.size(); i++) {
            int ascending = order.compare(((ArrayValue) left).get(i), ((ArrayValue) right).get(i));
            if (ascending != 0) {
                return parts.get(i).isAscending() ? ascending : -ascending;
            }
        }
        return 0;
    }
}
