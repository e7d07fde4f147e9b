package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.accumulator.Accumulators;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.window.WindowFunctions;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.update.Update;
import java.util.Collection;
import java.util.Map;

/** The names of all operators and stages, those among them that are refused anyway. */
final class OperatorNames {

    private OperatorNames() {}

    /**
     * Refuses names that no operator has: who forbids one means to be safe from it.
     *
     * @throws SmilodonException {@code BadValue}
     */
    static void check(Collection<String> names) {
        for (String name : names) {
            if (!isOperator(name)) {
                throw new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "There is no operator of this name",
                        Map.of("operator", name));
            }
        }
    }

    private static boolean isOperator(String name) {
        return PredicateParser.hasRootOperator(name)
                || PredicateParser.hasFieldOperator(name)
                || Pipeline.hasStage(name)
                || Update.hasOperator(name)
                || ExpressionParser.isOperator(name)
                || Accumulators.names().contains(name)
                || WindowFunctions.names().contains(name);
    }
}
