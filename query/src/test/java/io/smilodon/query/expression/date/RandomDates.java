package io.smilodon.query.expression.date;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.ExpressionParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;

/** Random dates and zones, many of them where clocks jump, and a way to evaluate operators. */
final class RandomDates {

    private static final List<ZoneId> ZONES =
            List.of(
                    ZoneId.of("UTC"),
                    ZoneId.of("Europe/Berlin"),
                    ZoneId.of("America/New_York"),
                    ZoneId.of("America/Sao_Paulo"),
                    ZoneId.of("America/Havana"),
                    ZoneId.of("Australia/Lord_Howe"),
                    ZoneId.of("Asia/Kolkata"),
                    ZoneId.of("Pacific/Apia"));

    private static final int DAY_SECONDS = 86_400;

    private final Random random;

    RandomDates(long seed) {
        this.random = new Random(seed);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    ZoneId zone() {
        return any(ZONES);
    }

    /** A date within some years of now, often within a day of a jump of the clock. */
    ZonedDateTime near(ZoneId zone) {
        Instant instant =
                LocalDateTime.of(between(1995, 2035), between(1, 12), between(1, 28), 0, 0)
                        .atZone(zone)
                        .toInstant()
                        .plusMillis(random.nextLong(DAY_SECONDS * 1_000L));
        ZoneOffsetTransition jump = zone.getRules().nextTransition(instant);
        if (jump == null || random.nextBoolean()) {
            return instant.atZone(zone);
        }
        return jump.getInstant()
                .plusMillis(random.nextLong(-DAY_SECONDS * 1_000L, DAY_SECONDS * 1_000L))
                .atZone(zone);
    }

    /** A date of any year up to some distance from the year 0. */
    ZonedDateTime far(ZoneId zone, int years) {
        return LocalDateTime.of(between(-years, years), between(1, 12), between(1, 28), 0, 0)
                .atZone(zone)
                .plusSeconds(random.nextInt(DAY_SECONDS))
                .plusNanos(random.nextInt(1_000) * 1_000_000L);
    }

    static Value evaluate(String operator, Document operands) {
        return ExpressionParser.parse(Document.of(operator, operands), Location.ROOT)
                .evaluate(EvaluationContext.of(Document.EMPTY, new DateValue(0)));
    }

    static Value date(ZonedDateTime time) {
        return new DateValue(time.toInstant().toEpochMilli());
    }
}
