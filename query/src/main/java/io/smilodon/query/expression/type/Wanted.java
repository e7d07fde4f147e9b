package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.util.Map;
import java.util.Optional;

/**
 * What a value is to be converted to.
 *
 * @param subtype of a binary value
 */
record Wanted(ValueType type, byte subtype) {

    private static final int SUBTYPE_KNOWN_MAX = 9;
    private static final int SUBTYPE_OWN_MIN = 128;
    private static final int SUBTYPE_MAX = 255;

    /** What the operand {@code to} asks for; none if it is null or missing, in part or all. */
    static Optional<Wanted> find(Value to) {
        if (!(to instanceof Document parts)) {
            return type(to).map(type -> new Wanted(type, (byte) 0));
        }
        for (Field part : parts) {
            if (!part.name().equals("type") && !part.name().equals("subtype")) {
                throw error("Unrecognized argument in 'to' of $convert", part.name());
            }
        }
        if (!parts.has("type")) {
            throw new SmilodonException(
                    ErrorCode.FAILED_TO_PARSE, "$convert's 'to' object needs a 'type'");
        }
        Value subtype = parts.has("subtype") ? parts.get("subtype") : Value.of(0);
        return subtype.isNullish()
                ? Optional.empty()
                : type(parts.get("type")).map(type -> new Wanted(type, subtype(subtype)));
    }

    private static Optional<ValueType> type(Value written) {
        if (written.isNullish()) {
            return Optional.empty();
        }
        return switch (written) {
            case StringValue name -> Optional.of(named(name.value()));
            case NumberValue number -> Optional.of(numbered(number));
            default ->
                    throw error(
                            "$convert's 'to' argument must be a string or number",
                            written.type().alias());
        };
    }

    private static ValueType named(String alias) {
        return ValueType.ofAlias(alias)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.BAD_VALUE,
                                        "Unknown type name",
                                        Map.of("name", alias)));
    }

    private static ValueType numbered(NumberValue number) {
        if (!number.isIntegral()) {
            throw error("In $convert, numeric 'to' argument is not an integer", number);
        }
        long code = number.toLong();
        return Optional.of(code)
                .filter(long64 -> long64 == (int) code)
                .flatMap(int32 -> ValueType.ofCode((int) code))
                .orElseThrow(
                        () ->
                                error(
                                        "In $convert, numeric value for 'to' does not correspond"
                                                + " to a BSON type",
                                        number));
    }

    private static SmilodonException error(String text, Object actual) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text, Map.of("actual", actual));
    }

    private static byte subtype(Value written) {
        if (!(written instanceof NumberValue number)) {
            throw badSubtype(4341108, "$convert's 'subtype' argument must be a number", written);
        }
        if (!number.isIntegral()) {
            throw badSubtype(
                    4341106, "In $convert, numeric 'subtype' argument is not an integer", written);
        }
        long code = number.toLong();
        boolean isKnown = code >= 0 && code <= SUBTYPE_KNOWN_MAX;
        boolean isOwn = code >= SUBTYPE_OWN_MIN && code <= SUBTYPE_MAX;
        if (!isKnown && !isOwn) {
            throw badSubtype(
                    4341107,
                    "In $convert, numeric value for 'subtype' does not correspond to a BinData"
                            + " type",
                    written);
        }
        return (byte) code;
    }

    private static SmilodonException badSubtype(int code, String text, Value actual) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("actual", actual));
    }
}
