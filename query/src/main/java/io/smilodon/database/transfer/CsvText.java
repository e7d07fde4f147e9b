package io.smilodon.database.transfer;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Documents as comma-separated values (RFC 4180). Strings, numbers, dates (ISO 8601) and ObjectIds
 * stand as they are, other values as Extended JSON; null and absent are no text.
 */
final class CsvText implements DocumentText {

    private static final String END_OF_LINE = "\r\n";

    private final List<List<String>> paths;
    private final String head;
    private final JsonMode mode;

    CsvText(List<String> fields, JsonMode mode) {
        this.paths = fields.stream().map(field -> List.of(field.split("\\.", -1))).toList();
        this.head = row(fields);
        this.mode = mode;
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public String next(Document document) {
        return row(paths.stream().map(path -> text(at(document, path))).toList());
    }

    @Override
    public String tail() {
        return "";
    }

    private static String row(List<String> fields) {
        return fields.stream().map(CsvText::quoted).collect(Collectors.joining(",")) + END_OF_LINE;
    }

    private static String quoted(String field) {
        boolean isPlain = field.chars().noneMatch(c -> "\",\r\n\uFEFF".indexOf(c) >= 0);
        return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** The value at a path; a step that is a number is also a place in an array. */
    private static Value at(Document document, List<String> path) {
        Value value = document;
        for (String step : path) {
            value =
                    switch (value) {
                        case Document inner -> inner.get(step);
                        case ArrayValue array -> element(array, step);
                        default -> Missing.INSTANCE;
                    };
        }
        return value;
    }

    private static Value element(ArrayValue array, String step) {
        boolean isPlace = step.length() <= 9 && step.chars().allMatch(Character::isDigit);
        int place = isPlace && !step.isEmpty() ? Integer.parseInt(step) : Integer.MAX_VALUE;
        return place < array.size() ? array.get(place) : Missing.INSTANCE;
    }

    private String text(Value value) {
        return switch (value) {
            case Missing absent -> "";
            case NullValue none -> "";
            case StringValue string -> string.value();
            case ObjectId id -> id.toHex();
            case DateValue date -> text(date);
            case NumberValue number -> text(number);
            default -> ExtendedJson.write(value, mode);
        };
    }

    private String text(DateValue date) {
        try {
            return Instant.ofEpochMilli(date.epochMillis()).toString();
        } catch (DateTimeException outOfRange) {
            return ExtendedJson.write(date, mode);
        }
    }

    private static String text(NumberValue number) {
        return switch (number) {
            case Int32Value small -> Integer.toString(small.value());
            case Int64Value large -> Long.toString(large.value());
            case DoubleValue fraction -> Double.toString(fraction.value());
            case Decimal128 decimal -> decimal.toString();
        };
    }
}
