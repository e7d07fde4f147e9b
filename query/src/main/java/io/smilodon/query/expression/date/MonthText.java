package io.smilodon.query.expression.date;

import java.time.Month;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/** English names of months, whole or by their first three letters, in any case. */
final class MonthText {

    private static final int SHORT_CHARS = 3;

    private MonthText() {}

    /** 1 for January; none for other words. */
    static OptionalInt number(String word) {
        String wanted = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(Month.values())
                .filter(month -> isName(wanted, month.name()))
                .mapToInt(Month::getValue)
                .findFirst();
    }

    private static boolean isName(String wanted, String month) {
        boolean isSept = wanted.equals("SEPT") && month.equals("SEPTEMBER");
        return isSept || wanted.equals(month) || wanted.equals(month.substring(0, SHORT_CHARS));
    }
}
