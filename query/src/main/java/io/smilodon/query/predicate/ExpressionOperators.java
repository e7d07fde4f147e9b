package io.smilodon.query.predicate;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.FieldRanges;

/** {@code $expr}: an expression as a filter. */
final class ExpressionOperators {

    private ExpressionOperators() {}

    /** Who asks the filter binds it to an operation; until then it sees the present. */
    static Predicate expr(Value operand, FilterContext context) {
        context.requireNotOfElements("$expr");
        if (context.subject() == FilterContext.Subject.ELEMENTS_INSIDE) {
            throw context.badValue("$expr can only be applied to the top-level document");
        }
        DateValue now = new DateValue(System.currentTimeMillis());
        return new Predicate.Computed(
                operand,
                ExpressionParser.parse(operand, context.location(), context.variables()),
                EvaluationContext.of(Document.EMPTY, now),
                false,
                FieldRanges.NONE);
    }
}
