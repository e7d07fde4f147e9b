package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Numbers;
import java.time.LocalDateTime;
import java.time.zone.ZoneRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code {$dateFromParts: {year, month, day, hour, …, timezone}}}, or with {@code isoWeekYear},
 * {@code isoWeek} and {@code isoDayOfWeek} for the day: a date of its parts. A part beyond its
 * range carries over into the next larger one. With null or missing it is null.
 *
 * @param written what is written of the parts
 */
record DateFromParts(Map<DatePiece, Expression> written, ZoneOperand timezone)
        implements CompoundExpression {

    private static final ErrorCode MIXED_WITH_WEEKS = ErrorCode.location(40489);
    private static final ErrorCode MIXED_WITH_MONTHS = ErrorCode.location(40525);

    /** MongoDB counts in microseconds of 64 bits: more than these milliseconds overflow. */
    private static final long MILLIS_MAX = Long.MAX_VALUE / 1_000;

    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000;

    private static final NamedOperands PARTS = parts();

    private static NamedOperands parts() {
        NamedOperands parts =
                NamedOperands.of(ErrorCode.location(40519), ErrorCode.location(40518));
        for (DatePiece piece : DatePiece.values()) {
            parts = parts.optional(piece.label());
        }
        return parts.optional("timezone");
    }

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        boolean isByWeeks = parts.has(DatePiece.ISO_WEEK_YEAR.label());
        boolean hasYear = parts.has(DatePiece.YEAR.label());
        if (!hasYear && !isByWeeks) {
            throw scope.error(
                    ErrorCode.location(40516),
                    "$dateFromParts requires either 'year' or 'isoWeekYear' to be present",
                    Map.of());
        }
        refuse(hasYear ? DatePiece.WEEKS : DatePiece.CALENDAR, parts, scope);
        Map<DatePiece, Expression> written = new EnumMap<>(DatePiece.class);
        for (DatePiece piece : DatePiece.values()) {
            scope.parseIfWritten(piece.label(), parts).ifPresent(part -> written.put(piece, part));
        }
        return new DateFromParts(written, ZoneOperand.parse(parts, scope));
    }

    private static void refuse(List<DatePiece> others, Document parts, ExpressionScope scope) {
        for (Field part : parts) {
            if (others.stream().anyMatch(other -> other.label().equals(part.name()))) {
                throw scope.child(part.name())
                        .error(
                                others == DatePiece.WEEKS ? MIXED_WITH_WEEKS : MIXED_WITH_MONTHS,
                                "$dateFromParts does not allow mixing natural dates with ISO dates",
                                Map.of("part", part.name()));
            }
        }
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Optional<ZoneRules> zone = timezone.find(context);
        if (zone.isEmpty()) {
            return NullValue.INSTANCE;
        }
        Map<DatePiece, Long> pieces = new EnumMap<>(DatePiece.class);
        for (Map.Entry<DatePiece, Expression> part : written.entrySet()) {
            Value value = part.getValue().evaluate(context);
            if (value.isNullish()) {
                return NullValue.INSTANCE;
            }
            pieces.put(part.getKey(), number(part.getKey(), value));
        }
        LocalDateTime local = DatePiece.join(pieces);
        return new DateValue(local.toInstant(zone.get().getOffset(local)).toEpochMilli());
    }

    private static long number(DatePiece piece, Value value) {
        if (!(value instanceof NumberValue number) || !Numbers.isLong(number)) {
            throw new SmilodonException(
                    ErrorCode.location(40515),
                    "the part must evaluate to an integer",
                    Map.of("part", piece.label(), "actual", value));
        }
        long count = number.toLong();
        return switch (piece) {
            case YEAR -> within(piece, count, 40523);
            case ISO_WEEK_YEAR -> within(piece, count, 31095);
            case SECOND -> countable(piece, count, SECONDS_MAX);
            case MILLISECOND -> countable(piece, count, MILLIS_MAX);
            default -> within(piece, count, 31034);
        };
    }

    private static long within(DatePiece piece, long count, int code) {
        if (count < piece.least() || count > piece.most()) {
            throw new SmilodonException(
                    ErrorCode.location(code),
                    "the part must evaluate to a value in its range",
                    Map.of(
                            "part", piece.label(),
                            "actual", count,
                            "least", piece.least(),
                            "most", piece.most()));
        }
        return count;
    }

    private static long countable(DatePiece piece, long count, long max) {
        if (count > max || count < -max) {
            throw new SmilodonException(
                    new ErrorCode(159, "DurationOverflow"),
                    "Overflow casting from a lower-precision duration to a higher-precision"
                            + " duration",
                    Map.of("part", piece.label(), "actual", count));
        }
        return count;
    }

    @Override
    public List<Expression> operands() {
        return Stream.concat(written.values().stream(), Stream.of(timezone.written())).toList();
    }
}
