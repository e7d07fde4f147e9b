package io.smilodon.query.expression.date;

import io.smilodon.query.OperatorTable;
import java.util.List;
import java.util.function.BiConsumer;

/** How a date is written that is to be read: the letters of {@link DateFormat} that name a day. */
final class DatePattern {

    private static final int MINUTE_SECONDS = 60;
    private static final int NANO_DIGITS = 9;

    private static final OperatorTable<Part> PARTS =
            OperatorTable.<Part>builder()
                    .add("%", (scanner, fields) -> scanner.literal("%"))
                    .add("B", DatePattern::month)
                    .add("G", number(DateFields.Kind.ISO_YEAR, 4))
                    .add("H", number(DateFields.Kind.HOUR, 2))
                    .add("L", DatePattern::fraction)
                    .add("M", number(DateFields.Kind.MINUTE, 2))
                    .add("S", number(DateFields.Kind.SECOND, 2))
                    .add("V", number(DateFields.Kind.ISO_WEEK, 2))
                    .add("Y", number(DateFields.Kind.YEAR, 4))
                    .add("Z", DatePattern::minutes)
                    .add("b", DatePattern::month)
                    .add("d", number(DateFields.Kind.DAY, 2))
                    .add("j", number(DateFields.Kind.DAY_OF_YEAR, 3))
                    .add("m", number(DateFields.Kind.MONTH, 2))
                    .add("u", number(DateFields.Kind.ISO_DAY, 1))
                    .add("z", DatePattern::zone)
                    .build();

    private final List<Part> parts;

    private DatePattern(List<Part> parts) {
        this.parts = parts;
    }

    /** Reads one part of the text into the fields. */
    private interface Part extends BiConsumer<DateScanner, DateFields> {}

    /**
     * Reads a pattern.
     *
     * @throws io.smilodon.engine.error.SmilodonException 18535 for a percent sign at the end, 18536
     *     for a letter that is unknown or says too little to be read
     */
    static DatePattern parse(String pattern) {
        return new DatePattern(
                PercentText.split(
                        pattern, PARTS, text -> (scanner, fields) -> scanner.literal(text)));
    }

    private static Part number(DateFields.Kind kind, int digitsMax) {
        return (scanner, fields) -> fields.put(kind, scanner.number(digitsMax));
    }

    private static void month(DateScanner scanner, DateFields fields) {
        fields.put(DateFields.Kind.MONTH, scanner.month());
    }

    private static void fraction(DateScanner scanner, DateFields fields) {
        String digits = scanner.digits(3);
        fields.put(
                DateFields.Kind.NANO,
                Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length())));
    }

    private static void minutes(DateScanner scanner, DateFields fields) {
        fields.put(DateFields.Kind.OFFSET, scanner.minutes(4) * MINUTE_SECONDS);
    }

    private static void zone(DateScanner scanner, DateFields fields) {
        fields.put(DateFields.Kind.OFFSET, scanner.zone());
    }

    /** What the text says; error 241 if it is not written in this way. */
    DateFields read(String text) {
        DateScanner scanner = new DateScanner(text);
        DateFields fields = new DateFields(text);
        parts.forEach(part -> part.accept(scanner, fields));
        scanner.end();
        return fields;
    }
}
