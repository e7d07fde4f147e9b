package io.smilodon.query.expression;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;

/** An operator with its place in the request, which it adds to the errors of the evaluation. */
record LocatedExpression(Expression operator, Location location) implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        context.takeStep();
        try {
            return operator.evaluate(context);
        } catch (SmilodonException e) {
            throw e.location().isPresent() ? e : e.at(location);
        }
    }

    @Override
    public void collectPaths(PathCollector collector) {
        operator.collectPaths(collector);
    }

    @Override
    public FieldRanges ranges(EvaluationContext context) {
        return operator.ranges(context);
    }
}
