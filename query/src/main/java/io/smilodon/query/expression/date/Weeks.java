package io.smilodon.query.expression.date;

import java.time.OffsetDateTime;

/** Weeks that begin on Sunday. */
final class Weeks {

    private static final int DAYS = 7;

    private Weeks() {}

    /** 1 for Sunday to 7 for Saturday. */
    static int dayFromSunday(OffsetDateTime time) {
        return time.getDayOfWeek().getValue() % DAYS + 1;
    }

    /** The first Sunday of a year begins week 1; days before it are in week 0. */
    static int ofYear(OffsetDateTime time) {
        return (time.getDayOfYear() - dayFromSunday(time) + DAYS) / DAYS;
    }
}
