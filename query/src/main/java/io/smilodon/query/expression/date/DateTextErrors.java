package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** What can be wrong with a written date: always 241, a failed conversion. */
final class DateTextErrors {

    private static final int SHOWN_CHARS_MAX = 100;

    private DateTextErrors() {}

    static SmilodonException malformed(String text, String reason) {
        return new SmilodonException(
                ErrorCode.CONVERSION_FAILURE,
                "Error parsing date string",
                Map.of("text", shown(text), "reason", reason));
    }

    static SmilodonException incomplete(String text) {
        return new SmilodonException(
                        ErrorCode.CONVERSION_FAILURE,
                        "an incomplete date/time string has been found, with elements missing",
                        Map.of("text", shown(text)))
                .withHint("give a year, a month and a day");
    }

    static SmilodonException zoneTwice(String text) {
        return new SmilodonException(
                ErrorCode.CONVERSION_FAILURE,
                "you cannot pass in a date/time string with time zone information together with a"
                        + " timezone argument",
                Map.of("text", shown(text)));
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
