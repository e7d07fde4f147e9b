package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code {$dateFromString: {dateString, format, timezone, onError, onNull}}}: a text as a date.
 * Without a text it is {@code onNull}, or null; of what is no date {@code onError}, or error 241.
 */
record DateFromString(
        Expression dateString,
        FormatOperand<DatePattern> format,
        ZoneOperand timezone,
        Optional<Expression> onError,
        Expression onNull)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(40540), ErrorCode.location(40541))
                    .required("dateString", ErrorCode.location(40542))
                    .optional("format")
                    .optional("timezone")
                    .optional("onError")
                    .optional("onNull");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateFromString(
                scope.parse("dateString", parts.get("dateString")),
                FormatOperand.of(scope.parseIfWritten("format", parts), DateFromString::pattern),
                ZoneOperand.parse(parts, scope),
                scope.parseIfWritten("onError", parts),
                scope.parseOr("onNull", parts, NullValue.INSTANCE));
    }

    private static Optional<DatePattern> pattern(Value format) {
        if (format.isNullish()) {
            return Optional.empty();
        }
        if (format instanceof StringValue text) {
            return Optional.of(DatePattern.parse(text.value()));
        }
        throw new SmilodonException(
                ErrorCode.location(40684),
                "$dateFromString requires that 'format' be a string",
                Map.of("actual", format.type().alias()));
    }

    /** A bad format or zone is an error also where there is no text, and whatever onError says. */
    @Override
    public Value evaluate(EvaluationContext context) {
        Value text = dateString.evaluate(context);
        Optional<DatePattern> pattern = format.find(context);
        Optional<ZoneRules> zone = timezone.find(context);
        if (text.isNullish()) {
            return onNull.evaluate(context);
        }
        try {
            String string = require(text);
            return zone.isEmpty() || pattern.isEmpty() && format.isWritten()
                    ? NullValue.INSTANCE
                    : date(string, pattern, zone.get());
        } catch (SmilodonException e) {
            return orElse(e, context);
        }
    }

    private Value orElse(SmilodonException error, EvaluationContext context) {
        if (onError.isEmpty() || !error.code().equals(ErrorCode.CONVERSION_FAILURE)) {
            throw error;
        }
        return onError.get().evaluate(context);
    }

    private static String require(Value value) {
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw new SmilodonException(
                ErrorCode.CONVERSION_FAILURE,
                "$dateFromString requires that 'dateString' be a string",
                Map.of("actual", value.type().alias()));
    }

    private static Value date(String text, Optional<DatePattern> pattern, ZoneRules zone) {
        DateFields fields = pattern.isPresent() ? pattern.get().read(text) : DateText.read(text);
        return new DateValue(fields.toEpochMillis(zone));
    }

    @Override
    public List<Expression> operands() {
        return Stream.of(
                        Stream.of(dateString, timezone.written(), onNull),
                        format.written().stream(),
                        onError.stream())
                .flatMap(part -> part)
                .toList();
    }
}
