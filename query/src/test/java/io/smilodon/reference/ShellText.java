package io.smilodon.reference;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.Instant;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Values as one writes them in the shell: names without quotes, no Extended JSON. */
final class ShellText {

    private static final Pattern PLAIN_NAME = Pattern.compile("\\$?[A-Za-z_][A-Za-z0-9_]*");

    private ShellText() {}

    static String of(Value value) {
        return switch (value) {
            case Document document -> document(document);
            case ArrayValue array -> array(array);
            case Missing missing -> "nothing";
            case Int64Value number -> "NumberLong(" + number.value() + ")";
            case Decimal128 number -> "NumberDecimal(\"" + number + "\")";
            case DateValue date -> "ISODate(\"" + Instant.ofEpochMilli(date.epochMillis()) + "\")";
            case ObjectId id -> "ObjectId(\"" + id + "\")";
            case RegexValue regex -> "/" + regex.pattern() + "/" + regex.options();
            case TimestampValue time ->
                    "Timestamp(" + time.seconds() + ", " + time.increment() + ")";
            case BinaryValue binary ->
                    "BinData("
                            + binary.subtype()
                            + ", \""
                            + Base64.getEncoder().encodeToString(binary.bytes())
                            + "\")";
            default -> ExtendedJson.write(value, JsonMode.RELAXED);
        };
    }

    private static String document(Document document) {
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        for (Field field : document) {
            fields.add(name(field.name()) + ": " + of(field.value()));
        }
        return fields.toString();
    }

    private static String name(String name) {
        return PLAIN_NAME.matcher(name).matches()
                ? name
                : ExtendedJson.write(Value.of(name), JsonMode.RELAXED);
    }

    private static String array(ArrayValue array) {
        StringJoiner elements = new StringJoiner(", ", "[", "]");
        array.forEach(element -> elements.add(of(element)));
        return elements.toString();
    }
}
