package io.smilodon.query.projection;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Growth;

/**
 * The computing of fields of one document: what expressions see, how much they have made so far,
 * and how many documents and arrays stand around the next field.
 */
record Computation(EvaluationContext context, Growth growth, int levels) {

    static Computation of(EvaluationContext context) {
        return new Computation(context, Growth.under(0), 1);
    }

    Computation deeper() {
        return new Computation(context, growth, levels + 1);
    }

    Value value(Expression expression) {
        Value value = expression.evaluate(context);
        growth.add(value, levels);
        return value;
    }
}
