package io.smilodon.engine.value;

import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Values as MongoDB writes them in explain's index bounds and in duplicate key errors, and as they
 * stand in the texts of other errors. For people: long texts are shortened and nothing reads it
 * back.
 */
public final class ValueText {

    private static final int CHARS_MAX = 160;
    private static final String CUT = "...";

    private ValueText() {}

    public static String of(Value value) {
        return switch (value) {
            case Missing same -> "missing";
            case MinKey same -> "MinKey";
            case MaxKey same -> "MaxKey";
            case NullValue same -> "null";
            case UndefinedValue same -> "undefined";
            case BooleanValue bool -> Boolean.toString(bool.value());
            case Int32Value number -> Integer.toString(number.value());
            case Int64Value number -> Long.toString(number.value());
            case DoubleValue number -> ofDouble(number.value());
            case Decimal128 number -> number.toString();
            case StringValue string -> quoted(string.value());
            case SymbolValue symbol -> quoted(symbol.value());
            case CodeValue code -> shortened(code.code());
            case CodeWithScopeValue code ->
                    "CodeWScope( " + shortened(code.code()) + ", " + of(code.scope()) + " )";
            case BinaryValue binary -> ofBinary(binary);
            case ObjectId id -> "ObjectId('" + id.toHex() + "')";
            case DateValue date -> "new Date(" + date.epochMillis() + ")";
            case TimestampValue time -> ofTimestamp(time);
            case RegexValue regex -> "/" + shortened(regex.pattern()) + "/" + regex.options();
            case DbPointerValue pointer ->
                    "DBRef('" + pointer.namespace() + "', " + of(pointer.id()) + ")";
            case Document document -> ofDocument(document);
            case ArrayValue array -> ofArray(array);
        };
    }

    private static String ofDouble(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return Double.toString(number);
    }

    private static String ofTimestamp(TimestampValue time) {
        return "Timestamp("
                + Integer.toUnsignedString(time.seconds())
                + ", "
                + Integer.toUnsignedString(time.increment())
                + ")";
    }

    private static String ofBinary(BinaryValue binary) {
        int subtype = Byte.toUnsignedInt(binary.subtype());
        return "BinData("
                + subtype
                + ", "
                + shortened(HexFormat.of().withUpperCase().formatHex(binary.bytes()))
                + ")";
    }

    private static String ofDocument(Document document) {
        if (document.isEmpty()) {
            return "{}";
        }
        return StreamSupport.stream(document.spliterator(), false)
                .map(field -> field.name() + ": " + of(field.value()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String ofArray(ArrayValue array) {
        if (array.isEmpty()) {
            return "[]";
        }
        return StreamSupport.stream(array.spliterator(), false)
                .map(ValueText::of)
                .collect(Collectors.joining(", ", "[ ", " ]"));
    }

    private static String quoted(String text) {
        return '"' + shortened(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String shortened(String text) {
        if (text.length() <= CHARS_MAX) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(CHARS_MAX - 1)) ? 1 : 0;
        return text.substring(0, CHARS_MAX - end) + CUT;
    }
}
