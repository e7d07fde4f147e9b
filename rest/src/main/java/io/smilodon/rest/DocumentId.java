package io.smilodon.rest;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An {@code _id} in a path: {@code oid:65f…}, {@code int:42}, {@code json:{…}}, {@code str:…}, or a
 * plain string. 24 hexadecimal digits may be an ObjectId or a string.
 */
final class DocumentId {

    private DocumentId() {}

    /** The values it may stand for, the likeliest first; never empty. */
    static List<Value> candidates(String text) {
        int colon = text.indexOf(':');
        String prefix = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (prefix) {
            case "oid" -> List.of(objectId(rest));
            case "int" -> List.of(integer(rest));
            case "json" -> List.of(ExtendedJson.readValue(rest));
            case "str" -> List.of(Value.of(rest));
            default -> plain(text);
        };
    }

    /** Where a new document can be read: below the path that it was posted to. */
    static String path(Exchange exchange, Value id) {
        String segment =
                switch (id) {
                    case ObjectId objectId -> "oid:" + objectId.toHex();
                    case Int32Value number -> "int:" + number.value();
                    case Int64Value number -> "int:" + number.value();
                    case StringValue text -> spelled(text.value());
                    default -> "json:" + ExtendedJson.write(id, JsonMode.CANONICAL);
                };
        String encoded = URLEncoder.encode(segment, StandardCharsets.UTF_8);
        return exchange.requestPath() + "/" + encoded.replace("+", "%20").replace("%3A", ":");
    }

    /** A string that reads like something else says that it is a string. */
    private static String spelled(String text) {
        boolean ambiguous = text.contains(":") || ObjectId.isHex(text) || text.isEmpty();
        return ambiguous ? "str:" + text : text;
    }

    private static List<Value> plain(String text) {
        List<Value> candidates = new ArrayList<>();
        if (ObjectId.isHex(text)) {
            candidates.add(ObjectId.ofHex(text));
        }
        candidates.add(Value.of(text));
        return candidates;
    }

    private static Value objectId(String hex) {
        if (!ObjectId.isHex(hex)) {
            throw invalid(hex, "24 hexadecimal digits");
        }
        return ObjectId.ofHex(hex);
    }

    private static Value integer(String digits) {
        try {
            return NumberValue.intOrLong(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw invalid(digits, "a whole number");
        }
    }

    private static SmilodonException invalid(String text, String expected) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "The id in the path is not what its prefix says",
                Map.of("id", text, "expected", expected));
    }
}
