package io.smilodon.query.expression;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;

/** {@code "$path.to.field"}: what the document has at a path. */
public record FieldExpression(FieldPath path) implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return PathReader.read(context.root(), path.steps());
    }

    @Override
    public void collectPaths(PathCollector collector) {
        collector.add(path);
    }
}
