package io.smilodon.query.expression.date;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The part {@code timezone} of an operator: UTC if it is not written.
 *
 * @param constant read once, where it is a constant
 * @param notString the number of the error for a zone that is no text
 */
record ZoneOperand(Expression written, Optional<ZoneRules> constant, int notString) {

    private static final Value UTC = Value.of("UTC");

    /** The number that most operators give the error for a zone that is no text. */
    private static final int NOT_STRING = 40517;

    static ZoneOperand parse(Document parts, ExpressionScope scope) {
        return of(scope.parseOr("timezone", parts, UTC), NOT_STRING);
    }

    static ZoneOperand of(Expression written, int notString) {
        Optional<ZoneRules> constant =
                written instanceof Literal literal
                        ? Instants.zone(literal.value(), notString)
                        : Optional.empty();
        return new ZoneOperand(written, constant, notString);
    }

    static ZoneOperand utc() {
        return of(new Literal(UTC), NOT_STRING);
    }

    /** The rules of the zone; none for null and missing. */
    Optional<ZoneRules> find(EvaluationContext context) {
        return constant.isPresent()
                ? constant
                : Instants.zone(written.evaluate(context), notString);
    }
}
