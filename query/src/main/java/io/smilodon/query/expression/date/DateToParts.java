package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$dateToParts: {date, timezone, iso8601}}}: a document of the parts of a date, by weeks if
 * {@code iso8601} is true. With null or missing it is null.
 */
record DateToParts(Expression date, ZoneOperand timezone, Expression iso8601)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(40524), ErrorCode.location(40520))
                    .required("date", ErrorCode.location(40522))
                    .optional("timezone")
                    .optional("iso8601");

    private record Part(String name, TemporalField field) {}

    private static final List<Part> CALENDAR =
            List.of(
                    new Part("year", ChronoField.YEAR),
                    new Part("month", ChronoField.MONTH_OF_YEAR),
                    new Part("day", ChronoField.DAY_OF_MONTH));

    private static final List<Part> WEEKS =
            List.of(
                    new Part("isoWeekYear", IsoFields.WEEK_BASED_YEAR),
                    new Part("isoWeek", IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                    new Part("isoDayOfWeek", ChronoField.DAY_OF_WEEK));

    private static final List<Part> CLOCK =
            List.of(
                    new Part("hour", ChronoField.HOUR_OF_DAY),
                    new Part("minute", ChronoField.MINUTE_OF_HOUR),
                    new Part("second", ChronoField.SECOND_OF_MINUTE),
                    new Part("millisecond", ChronoField.MILLI_OF_SECOND));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateToParts(
                scope.parse("date", parts.get("date")),
                ZoneOperand.parse(parts, scope),
                scope.parseOr("iso8601", parts, BooleanValue.FALSE));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value instant = date.evaluate(context);
        Optional<ZoneRules> zone = timezone.find(context);
        Value byWeeks = iso8601.evaluate(context);
        if (zone.isEmpty() || byWeeks.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(byWeeks instanceof BooleanValue flag)) {
            throw new SmilodonException(
                    ErrorCode.location(40521),
                    "iso8601 must evaluate to a bool",
                    Map.of("actual", byWeeks.type().alias()));
        }
        return instant.isNullish()
                ? NullValue.INSTANCE
                : parts(Instants.read(instant, zone.get()), flag.value());
    }

    private static Document parts(OffsetDateTime time, boolean isByWeeks) {
        DocumentBuilder builder = Document.builder();
        (isByWeeks ? WEEKS : CALENDAR).forEach(part -> put(part, time, builder));
        CLOCK.forEach(part -> put(part, time, builder));
        return builder.build();
    }

    private static void put(Part part, OffsetDateTime time, DocumentBuilder builder) {
        builder.put(part.name, Value.of(Math.toIntExact(time.getLong(part.field))));
    }

    @Override
    public List<Expression> operands() {
        return List.of(date, timezone.written(), iso8601);
    }
}
