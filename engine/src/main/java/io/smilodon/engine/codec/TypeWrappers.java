package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The type wrappers of Extended JSON v2: documents such as {@code {"$oid": "..."}} that stand for a
 * value. The first field name decides whether a document is one; then it must hold exactly the
 * wrapper's fields. {@code $regex}, {@code $ref} and every other {@code $name} are no wrappers: the
 * query language gives them their meaning. Source: MongoDB's Extended JSON specification, version
 * 2.
 */
final class TypeWrappers {

    private static final Map<String, Function<Document, Value>> FORMS =
            Map.ofEntries(
                    Map.entry("$oid", TypeWrappers::objectId),
                    Map.entry("$numberInt", TypeWrappers::int32),
                    Map.entry("$numberLong", TypeWrappers::int64),
                    Map.entry("$numberDouble", TypeWrappers::number),
                    Map.entry("$numberDecimal", TypeWrappers::decimal),
                    Map.entry("$date", TypeWrappers::date),
                    Map.entry("$binary", TypeWrappers::binary),
                    Map.entry("$uuid", TypeWrappers::uuid),
                    Map.entry("$regularExpression", TypeWrappers::regex),
                    Map.entry("$timestamp", TypeWrappers::timestamp),
                    Map.entry("$minKey", TypeWrappers::minKey),
                    Map.entry("$maxKey", TypeWrappers::maxKey),
                    Map.entry("$undefined", TypeWrappers::undefined),
                    Map.entry("$symbol", TypeWrappers::symbol),
                    Map.entry("$code", TypeWrappers::code),
                    Map.entry("$scope", TypeWrappers::code),
                    Map.entry("$dbPointer", TypeWrappers::dbPointer));

    private static final Pattern DECIMAL =
            Pattern.compile("-?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final byte UUID_SUBTYPE = 4;

    private TypeWrappers() {}

    /** The value that the document stands for: mostly itself. */
    static Value unwrap(Document document) {
        Iterator<Field> fields = document.iterator();
        if (!fields.hasNext()) {
            return document;
        }
        String first = fields.next().name();
        Function<Document, Value> form = first.startsWith("$") ? FORMS.get(first) : null;
        return form == null ? document : form.apply(document);
    }

    private static Value objectId(Document wrapper) {
        String hex = string(wrapper, "$oid", "24 hexadecimal digits");
        if (!ObjectId.isHex(hex)) {
            throw invalid(wrapper, "$oid", "24 hexadecimal digits");
        }
        return ObjectId.ofHex(hex);
    }

    private static Value int32(Document wrapper) {
        String expected = "a 32-bit integer as a string";
        String digits = string(wrapper, "$numberInt", expected);
        try {
            return new Int32Value(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            throw invalid(wrapper, "$numberInt", expected);
        }
    }

    private static Value int64(Document wrapper) {
        String expected = "a 64-bit integer as a string";
        String digits = string(wrapper, "$numberLong", expected);
        try {
            return new Int64Value(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw invalid(wrapper, "$numberLong", expected);
        }
    }

    private static Value number(Document wrapper) {
        String expected = "a double as a string, Infinity, -Infinity or NaN";
        String text = string(wrapper, "$numberDouble", expected);
        return switch (text) {
            case "NaN" -> new DoubleValue(Double.NaN);
            case "Infinity" -> new DoubleValue(Double.POSITIVE_INFINITY);
            case "-Infinity" -> new DoubleValue(Double.NEGATIVE_INFINITY);
            default -> {
                if (text.length() > Limits.NUMBER_CHARS_MAX
                        || !DECIMAL.matcher(text).matches()
                        || Double.isInfinite(Double.parseDouble(text))) {
                    throw invalid(wrapper, "$numberDouble", expected);
                }
                yield new DoubleValue(Double.parseDouble(text));
            }
        };
    }

    private static Value decimal(Document wrapper) {
        String expected = "a decimal number as a string, Infinity, -Infinity or NaN";
        String text = string(wrapper, "$numberDecimal", expected);
        try {
            return Decimal128.parse(text);
        } catch (NumberFormatException e) {
            throw invalid(wrapper, "$numberDecimal", expected);
        }
    }

    private static Value date(Document wrapper) {
        Value content = only(wrapper, "$date");
        if (content instanceof Int64Value || content instanceof Int32Value) {
            return new DateValue(((NumberValue) content).toLong());
        }
        String expected = "an ISO-8601 date and time with zone, or milliseconds as $numberLong";
        String text = string(wrapper, "$date", expected);
        return JsonDates.parse(text).orElseThrow(() -> invalid(wrapper, "$date", expected));
    }

    private static Value binary(Document wrapper) {
        String expected = "{base64: string, subType: one or two hexadecimal digits}";
        boolean legacy = wrapper.get("$binary") instanceof StringValue;
        exactly(wrapper, legacy ? List.of("$binary", "$type") : List.of("$binary"));
        if (!legacy && !(wrapper.get("$binary") instanceof Document)) {
            throw invalid(wrapper, "$binary", expected);
        }
        Document content = legacy ? wrapper : (Document) wrapper.get("$binary");
        Value base64 = content.get(legacy ? "$binary" : "base64");
        Value subtype = content.get(legacy ? "$type" : "subType");
        if (content.size() != 2
                || !(base64 instanceof StringValue bytes)
                || !(subtype instanceof StringValue digits)
                || !digits.value().matches("\\p{XDigit}{1,2}")) {
            throw invalid(wrapper, "$binary", expected);
        }
        try {
            byte code = (byte) Integer.parseInt(digits.value(), 16);
            return new BinaryValue(code, Base64.getDecoder().decode(bytes.value()));
        } catch (IllegalArgumentException e) {
            throw invalid(wrapper, "$binary", "base64");
        }
    }

    private static Value uuid(Document wrapper) {
        String expected = "a UUID in the form 8-4-4-4-12";
        String text = string(wrapper, "$uuid", expected);
        if (!UUID_TEXT.matcher(text).matches()) {
            throw invalid(wrapper, "$uuid", expected);
        }
        UUID uuid = UUID.fromString(text);
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return new BinaryValue(UUID_SUBTYPE, bytes.array());
    }

    private static Value regex(Document wrapper) {
        String expected = "{pattern: string, options: string}";
        if (!(only(wrapper, "$regularExpression") instanceof Document content)
                || content.size() != 2
                || !(content.get("pattern") instanceof StringValue pattern)
                || !(content.get("options") instanceof StringValue options)) {
            throw invalid(wrapper, "$regularExpression", expected);
        }
        char[] letters = options.value().toCharArray();
        Arrays.sort(letters);
        return new RegexValue(pattern.value(), new String(letters));
    }

    private static Value timestamp(Document wrapper) {
        String expected = "{t: unsigned 32-bit integer, i: unsigned 32-bit integer}";
        if (!(only(wrapper, "$timestamp") instanceof Document content) || content.size() != 2) {
            throw invalid(wrapper, "$timestamp", expected);
        }
        long seconds = unsigned(content.get("t"));
        long increment = unsigned(content.get("i"));
        if (seconds < 0 || increment < 0) {
            throw invalid(wrapper, "$timestamp", expected);
        }
        return new TimestampValue((int) seconds, (int) increment);
    }

    /** The number, or -1 if the value is no unsigned 32-bit integer. */
    private static long unsigned(Value value) {
        long number =
                switch (value) {
                    case Int32Value small -> small.value();
                    case Int64Value large -> large.value();
                    default -> -1;
                };
        return number <= 0xFFFFFFFFL ? number : -1;
    }

    private static Value minKey(Document wrapper) {
        return constant(wrapper, "$minKey", new Int32Value(1), MinKey.INSTANCE);
    }

    private static Value maxKey(Document wrapper) {
        return constant(wrapper, "$maxKey", new Int32Value(1), MaxKey.INSTANCE);
    }

    private static Value undefined(Document wrapper) {
        return constant(wrapper, "$undefined", BooleanValue.TRUE, UndefinedValue.INSTANCE);
    }

    private static Value constant(Document wrapper, String name, Value content, Value meaning) {
        if (!only(wrapper, name).equals(content)) {
            throw invalid(wrapper, name, content == BooleanValue.TRUE ? "true" : "1");
        }
        return meaning;
    }

    private static Value symbol(Document wrapper) {
        return new SymbolValue(string(wrapper, "$symbol", "a string"));
    }

    private static Value code(Document wrapper) {
        if (!(wrapper.get("$code") instanceof StringValue code)) {
            throw invalid(wrapper, "$code", "a string");
        }
        if (!wrapper.has("$scope")) {
            exactly(wrapper, List.of("$code"));
            return new CodeValue(code.value());
        }
        exactly(wrapper, List.of("$code", "$scope"));
        if (!(wrapper.get("$scope") instanceof Document scope)) {
            throw invalid(wrapper, "$scope", "a document");
        }
        return new CodeWithScopeValue(code.value(), scope);
    }

    private static Value dbPointer(Document wrapper) {
        if (!(only(wrapper, "$dbPointer") instanceof Document content)
                || content.size() != 2
                || !(content.get("$ref") instanceof StringValue namespace)
                || !(content.get("$id") instanceof ObjectId id)) {
            throw invalid(wrapper, "$dbPointer", "{$ref: string, $id: ObjectId}");
        }
        return new DbPointerValue(namespace.value(), id);
    }

    private static String string(Document wrapper, String name, String expected) {
        if (only(wrapper, name) instanceof StringValue text) {
            return text.value();
        }
        throw invalid(wrapper, name, expected);
    }

    private static Value only(Document wrapper, String name) {
        exactly(wrapper, List.of(name));
        return wrapper.get(name);
    }

    private static void exactly(Document wrapper, List<String> names) {
        for (Field field : wrapper) {
            if (!names.contains(field.name())) {
                throw new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE,
                                "Extended JSON type wrapper has a field too many",
                                Map.of("wrapper", names.get(0), "field", field.name()))
                        .at(Location.ROOT.child(field.name()));
            }
        }
    }

    private static SmilodonException invalid(Document wrapper, String name, String expected) {
        Value actual = wrapper.get(name);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("wrapper", name);
        details.put("expected", expected);
        details.put("actual", actual == Missing.INSTANCE ? "nothing" : abbreviated(actual));
        return new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE, "Invalid Extended JSON type wrapper", details)
                .at(Location.ROOT.child(name));
    }

    private static String abbreviated(Value value) {
        String text =
                value instanceof StringValue string ? string.value() : "a " + value.type().alias();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
