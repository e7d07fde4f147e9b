package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
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
 * {@code {$dateToString: {date, format, timezone, onNull}}}: a date as text. Without a date it is
 * {@code onNull}, or null; without a format it is in ISO 8601.
 */
record DateToString(
        Expression date, FormatOperand<DateFormat> format, ZoneOperand timezone, Expression onNull)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(18629), ErrorCode.location(18534))
                    .required("date", ErrorCode.location(18628))
                    .optional("format")
                    .optional("timezone")
                    .optional("onNull");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateToString(
                scope.parse("date", parts.get("date")),
                FormatOperand.of(scope.parseIfWritten("format", parts), DateToString::read),
                ZoneOperand.parse(parts, scope),
                scope.parseOr("onNull", parts, NullValue.INSTANCE));
    }

    private static Optional<DateFormat> read(Value format) {
        return switch (format) {
            case StringValue text -> Optional.of(DateFormat.parse(text.value()));
            case NullValue none -> Optional.empty();
            case Missing none -> Optional.empty();
            default ->
                    throw new SmilodonException(
                            ErrorCode.location(18533),
                            "$dateToString requires that 'format' be a string",
                            Map.of("actual", format.type().alias()));
        };
    }

    /** A bad format or zone is an error also where there is no date. */
    @Override
    public Value evaluate(EvaluationContext context) {
        Value instant = date.evaluate(context);
        Optional<ZoneRules> zone = timezone.find(context);
        Optional<DateFormat> form =
                format.isWritten()
                        ? format.find(context)
                        : Optional.of(iso(zone.orElse(Instants.UTC)));
        if (instant.isNullish()) {
            return onNull.evaluate(context);
        }
        return zone.isPresent() && form.isPresent()
                ? Value.of(form.get().format(Instants.read(instant, zone.get())))
                : NullValue.INSTANCE;
    }

    private static DateFormat iso(ZoneRules zone) {
        return zone.equals(Instants.UTC) ? DateFormat.ISO_UTC : DateFormat.ISO_LOCAL;
    }

    @Override
    public List<Expression> operands() {
        return Stream.concat(format.written().stream(), Stream.of(date, timezone.written(), onNull))
                .toList();
    }
}
