package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.PathCollector;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** {@code {$rand: {}}}: a number from 0 to below 1, another one each time. */
record RandomNumber() implements Expression {

    static Expression parse(Value operand, ExpressionScope scope) {
        if (!(operand instanceof Document document)) {
            throw scope.error(
                            ErrorCode.location(10065),
                            "invalid parameter: expected an object ($rand)",
                            Map.of("actual", operand.type().alias()))
                    .withHint("write {$rand: {}}");
        }
        if (!document.isEmpty()) {
            throw scope.error(
                    ErrorCode.location(3040501),
                    "$rand does not currently accept arguments",
                    Map.of());
        }
        return new RandomNumber();
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        return new DoubleValue(ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public void collectPaths(PathCollector collector) {
        collector.addChance();
    }
}
