package io.smilodon.query.expression;

import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;

/**
 * {@code "$$CLUSTER_TIME"}: the second of the operation as a timestamp, the same for all its
 * documents. There is one member and no logical clock: its increment is always 1, so that events of
 * the same second count as later.
 */
record ClusterTimeExpression() implements Expression {

    private static final long MILLIS_PER_SECOND = 1000;

    @Override
    public Value evaluate(EvaluationContext context) {
        return new TimestampValue((int) (context.now().epochMillis() / MILLIS_PER_SECOND), 1);
    }

    @Override
    public void collectPaths(PathCollector collector) {
        // The time is not part of the document.
    }
}
