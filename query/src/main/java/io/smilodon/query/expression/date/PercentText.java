package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes a format apart: text in which a percent sign and a letter stand for a part of a date. */
final class PercentText {

    private PercentText() {}

    /**
     * The parts in their order.
     *
     * @param known the part for each letter
     * @param literal makes a part of the text between letters
     * @throws SmilodonException 18535 for a percent sign at the end, 18536 for an unknown letter
     */
    static <T> List<T> split(
            String format, OperatorTable<? extends T> known, Function<String, T> literal) {
        List<T> parts = new ArrayList<>();
        int done = 0;
        int percent = format.indexOf('%');
        while (percent >= 0) {
            addText(format.substring(done, percent), literal, parts);
            parts.add(part(format, percent + 1, known));
            done = percent + 2;
            percent = format.indexOf('%', done);
        }
        addText(format.substring(done), literal, parts);
        return List.copyOf(parts);
    }

    private static <T> void addText(String text, Function<String, T> literal, List<T> parts) {
        if (!text.isEmpty()) {
            parts.add(literal.apply(text));
        }
    }

    private static <T> T part(String format, int position, OperatorTable<? extends T> known) {
        if (position == format.length()) {
            throw error(18535, "Unmatched '%' at end of format string", format);
        }
        String letter = format.substring(position, position + 1);
        if (!known.has(letter)) {
            throw error(18536, "Invalid format character in format string", format)
                    .withHint("known are " + letters(known));
        }
        return known.find(letter).orElseThrow();
    }

    private static String letters(OperatorTable<?> known) {
        return known.names().stream().map(name -> "%" + name).collect(Collectors.joining(" "));
    }

    private static SmilodonException error(int code, String text, String format) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("format", format));
    }
}
