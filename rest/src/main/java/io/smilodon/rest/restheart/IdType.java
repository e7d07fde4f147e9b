package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Of what type the {@code _id} in a path is: {@code id_type}. */
public enum IdType {
    /** An ObjectId if it is 24 hexadecimal digits, else a string. */
    STRING_OID,
    OID,
    STRING,
    NUMBER,
    /** Milliseconds. */
    DATE,
    BOOLEAN,
    MINKEY,
    MAXKEY,
    NULL;

    /** What needs no type: nobody calls a document like this by chance. */
    private static final Map<String, Value> SPECIAL =
            Map.of(
                    "_maxkey", MaxKey.INSTANCE,
                    "_minkey", MinKey.INSTANCE,
                    "_null", NullValue.INSTANCE,
                    "_true", BooleanValue.TRUE,
                    "_false", BooleanValue.FALSE);

    private static final String OF_NUMBER = "?id_type=NUMBER";
    private static final String OF_STRING = "?id_type=STRING";

    List<String> names() {
        return List.of(name().toLowerCase(Locale.ROOT));
    }

    /**
     * The {@code _id} that a part of a path stands for.
     *
     * @throws SmilodonException {@code BadValue} (2) if it is not of the type
     */
    public Value read(String text) {
        Optional<Value> special =
                Optional.ofNullable(SPECIAL.get(text.toLowerCase(Locale.ROOT)))
                        .filter(value -> this != STRING);
        return special.orElseGet(() -> value(text));
    }

    private Value value(String text) {
        return switch (this) {
            case STRING_OID -> ObjectId.isHex(text) ? ObjectId.ofHex(text) : Value.of(text);
            case OID -> objectId(text);
            case STRING -> Value.of(text);
            case NUMBER -> number(text);
            case DATE -> new DateValue(whole(text));
            case BOOLEAN -> bool(text);
            case MINKEY -> MinKey.INSTANCE;
            case MAXKEY -> MaxKey.INSTANCE;
            case NULL -> NullValue.INSTANCE;
        };
    }

    private Value objectId(String text) {
        if (!ObjectId.isHex(text)) {
            throw wrong(text);
        }
        return ObjectId.ofHex(text);
    }

    private Value number(String text) {
        if (text.matches("-?[0-9]{1,19}")) {
            return NumberValue.intOrLong(whole(text));
        }
        if (!text.matches("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
            throw wrong(text);
        }
        return Value.of(Double.parseDouble(text));
    }

    private long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw wrong(text);
        }
    }

    private Value bool(String text) {
        return switch (text) {
            case "true" -> BooleanValue.TRUE;
            case "false" -> BooleanValue.FALSE;
            default -> throw wrong(text);
        };
    }

    private SmilodonException wrong(String text) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "The id in the path is not of the type that id_type says",
                        Map.of("id", text, "id_type", name()))
                .at(Location.ROOT.child("id_type"));
    }

    /** How a path leads to a document: its last part; {@code #} where none can. */
    public static String segment(Value id) {
        return switch (id) {
            case ObjectId objectId -> objectId.toHex();
            case StringValue text -> isReachable(text.value()) ? segment(text.value()) : "#";
            case NumberValue number -> numberSegment(number);
            case DateValue date -> date.epochMillis() + "?id_type=DATE";
            case BooleanValue flag -> "_" + flag.value();
            case NullValue none -> "_null";
            case MinKey least -> "_MinKey";
            case MaxKey greatest -> "_MaxKey";
            default -> "#";
        };
    }

    /** Not the names of other things, and those that clients and servers leave out of paths. */
    private static boolean isReachable(String text) {
        return !text.matches("[.]{0,2}") && text.indexOf(0) < 0 && !Reserved.isDocument(text);
    }

    private static String segment(String text) {
        boolean isAmbiguous =
                ObjectId.isHex(text)
                        || text.startsWith("_")
                        || SPECIAL.containsKey(text.toLowerCase(Locale.ROOT));
        return isAmbiguous ? encoded(text) + OF_STRING : encoded(text);
    }

    /** A name as a part of a path. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String numberSegment(NumberValue number) {
        return switch (number) {
            case Decimal128 exact -> "#";
            case DoubleValue real -> Double.isFinite(real.value()) ? real.value() + OF_NUMBER : "#";
            default -> number.toLong() + OF_NUMBER;
        };
    }
}
