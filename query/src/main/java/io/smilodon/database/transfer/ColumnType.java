package io.smilodon.database.transfer;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the text of a column stands for. Empty: the text is not of the type. */
enum ColumnType {
    /** A number if it looks like one, else the text. */
    AUTO(text -> Optional.of(ColumnType.automatic(text))),
    BOOLEAN(ColumnType::ofBoolean),
    /** ISO 8601: a date, or an instant. */
    DATE(ColumnType::ofDate),
    DECIMAL(text -> ColumnType.ofJson("{\"v\":{\"$numberDecimal\":\"" + text + "\"}}", text)),
    DOUBLE(text -> ColumnType.ofNumber(text, number -> Value.of(Double.parseDouble(number)))),
    INT32(text -> ColumnType.ofNumber(text, number -> Value.of(Integer.parseInt(number)))),
    INT64(text -> ColumnType.ofNumber(text, number -> Value.of(Long.parseLong(number)))),
    /** A number, another value as Extended JSON has it, else the text. */
    JSON(text -> Optional.of(ColumnType.json(text))),
    OBJECTID(text -> Optional.of(text).filter(ObjectId::isHex).map(ObjectId::ofHex)),
    STRING(text -> Optional.of(Value.of(text)));

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

    /** Longer texts are no numbers. */
    private static final int NUMBER_LENGTH_MAX = 400;

    private final Function<String, Optional<? extends Value>> reading;

    ColumnType(Function<String, Optional<? extends Value>> reading) {
        this.reading = reading;
    }

    static Optional<ColumnType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    Optional<Value> read(String text) {
        return reading.apply(text).map(Function.identity());
    }

    private static Value automatic(String text) {
        if (text.length() > NUMBER_LENGTH_MAX) {
            return Value.of(text);
        }
        if (INTEGER.matcher(text).matches()) {
            return integer(text);
        }
        return NUMBER.matcher(text).matches() ? Value.of(Double.parseDouble(text)) : Value.of(text);
    }

    private static Value json(String text) {
        Value value = automatic(text);
        if (!(value instanceof StringValue) || text.isEmpty()) {
            return value;
        }
        try {
            return ExtendedJson.readValue(text);
        } catch (SmilodonException noJson) {
            return value;
        }
    }

    private static Value integer(String text) {
        try {
            return NumberValue.intOrLong(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return Value.of(Double.parseDouble(text));
        }
    }

    private static Optional<Value> ofBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(BooleanValue.TRUE);
            case "false", "0" -> Optional.of(BooleanValue.FALSE);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> ofDate(String text) {
        try {
            Instant instant =
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
            return Optional.of(new DateValue(instant.toEpochMilli()));
        } catch (DateTimeParseException | ArithmeticException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<Value> ofJson(String json, String text) {
        boolean isNumber = text.length() <= NUMBER_LENGTH_MAX && NUMBER.matcher(text).matches();
        return isNumber ? Optional.of(ExtendedJson.readDocument(json).get("v")) : Optional.empty();
    }

    private static Optional<Value> ofNumber(String text, Function<String, Value> parsing) {
        if (text.length() > NUMBER_LENGTH_MAX || !NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parsing.apply(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
