package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code {$elemMatch: <condition>}}: of an array only the first element that meets the condition,
 * which means what it does in a filter. The field goes where there is no such element or no array.
 *
 * @param hasMatch of the filter's operator of this name, on the field {@link #ELEMENTS}
 */
record FirstMatch(Predicate hasMatch) implements UnaryOperator<Value> {

    private static final String ELEMENTS = "elements";

    static Optional<Action> parse(Value operand, ExpressionScope scope) {
        if (!(operand instanceof Document condition)) {
            throw scope.error(
                    ErrorCode.location(31274),
                    "elemMatch: Invalid argument, object required",
                    Map.of("actual", operand.type().alias()));
        }
        Document filter = Document.of(ELEMENTS, Document.of("$elemMatch", condition));
        FirstMatch match =
                new FirstMatch(PredicateParser.parseForElements(filter, scope.location()));
        return Optional.of(new Action.Transform(match, true));
    }

    /** The same where values compare in this order. */
    FirstMatch under(ValueOrder order) {
        return new FirstMatch(hasMatch.under(order));
    }

    @Override
    public Value apply(Value value) {
        if (value instanceof ArrayValue array) {
            for (Value element : array) {
                ArrayValue alone = ArrayValue.of(element);
                if (hasMatch.matches(Document.of(ELEMENTS, alone))) {
                    return alone;
                }
            }
        }
        return Missing.INSTANCE;
    }
}
