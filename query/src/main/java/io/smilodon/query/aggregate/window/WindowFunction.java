package io.smilodon.query.aggregate.window;

import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;

/** A field of {@code $setWindowFields}, parsed once. Immutable and thread-safe. */
public interface WindowFunction {

    /** What a document contributes. */
    Expression argument();

    /**
     * Begins with a partition.
     *
     * @param context the variables of the operation
     */
    RowResults open(WindowRows rows, EvaluationContext context);
}
