package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Puts a key together from values; the format is in {@link KeyCodec}. {@link #clear} allows to use
 * it again. Refuses text without UTF-8 form and nesting over {@link Limits#NESTING_MAX}; afterwards
 * its content is undefined until it is cleared. Not thread-safe.
 */
public final class KeyWriter {

    private static final int CAPACITY = 64;
    private static final double TWO_TO_63 = 0x1p63;

    private final ByteSink out = new ByteSink(CAPACITY);
    private final TypeBitsWriter types = new TypeBitsWriter();

    /** Four bytes, big-endian: an identifier that stands before the values. */
    public KeyWriter appendInt(int unsigned) {
        out.putInt(unsigned);
        return this;
    }

    /** Bytes as they are: an area, or a key encoded before. */
    public KeyWriter appendBytes(byte... bytes) {
        out.put(bytes);
        return this;
    }

    /** One value, ascending. */
    public KeyWriter append(Value value) {
        encode(value, 0);
        return this;
    }

    /** One value; {@link Direction#BACKWARD} is descending. */
    public KeyWriter append(Value value, Direction direction) {
        int start = out.length();
        encode(value, 0);
        if (direction == Direction.BACKWARD) {
            out.invertFrom(start);
        }
        return this;
    }

    /** The number of bytes so far. */
    public int length() {
        return out.length();
    }

    public byte[] toKey() {
        return out.toBytes();
    }

    /**
     * What the key does not say of the values appended so far: with it {@link KeyReader} yields
     * them exactly. Mostly empty.
     */
    public byte[] typeBits() {
        return types.toBytes();
    }

    public KeyWriter clear() {
        out.cut(0);
        types.clear();
        return this;
    }

    private void encode(Value value, int depth) {
        if (value instanceof Int32Value number) { // the most common types cost one comparison
            encodeInt32(number.value());
        } else if (value instanceof StringValue string) {
            encodeString(string.value());
        } else {
            encodeOther(value, depth);
        }
    }

    private void encodeOther(Value value, int depth) {
        switch (value) {
            case MinKey key -> out.putByte(KeyFormat.MIN_KEY);
            case Missing missing -> out.putByte(KeyFormat.MISSING);
            case UndefinedValue undefined -> out.putByte(KeyFormat.UNDEFINED);
            case NullValue none -> out.putByte(KeyFormat.NULL);
            case Int32Value number -> encodeInt32(number.value());
            case Int64Value number -> encodeInt64(number.value());
            case DoubleValue number -> encodeDouble(number.value());
            case Decimal128 number -> encodeDecimal(number);
            case StringValue string -> encodeString(string.value());
            case SymbolValue symbol -> encodeSymbol(symbol.value());
            case Document document -> encodeDocument(document, depth + 1);
            case ArrayValue array -> encodeArray(array, depth + 1);
            case BinaryValue binary -> encodeBinary(binary);
            case ObjectId id -> encodeId(id);
            case BooleanValue bool -> out.putByte(bool.value() ? KeyFormat.TRUE : KeyFormat.FALSE);
            case DateValue date -> tagged(KeyFormat.DATE, date.epochMillis() ^ Long.MIN_VALUE);
            case TimestampValue time -> tagged(KeyFormat.TIMESTAMP, time.toUnsignedLong());
            case RegexValue regex -> encodeRegex(regex);
            case DbPointerValue pointer -> encodePointer(pointer);
            case CodeValue code -> tagged(KeyFormat.CODE, code.code());
            case CodeWithScopeValue code -> encodeScopedCode(code, depth + 1);
            case MaxKey key -> out.putByte(KeyFormat.MAX_KEY);
        }
    }

    private void tagged(int tag, long content) {
        out.putByte(tag);
        out.putLong(content);
    }

    private void tagged(int tag, String text) {
        out.putByte(tag);
        out.putText(text);
    }

    private void encodeInt32(int number) {
        types.plain();
        if (number == 0) {
            out.putByte(KeyFormat.ZERO);
        } else {
            encodeExact(number);
        }
    }

    private void encodeInt64(long number) {
        if (number == (int) number) {
            types.kind(TypeBitsWriter.INT64);
        } else {
            types.plain();
        }
        if (number == 0) {
            out.putByte(KeyFormat.ZERO);
        } else if ((double) number < TWO_TO_63 && number == (long) (double) number) {
            encodeExact(number);
        } else {
            encodeInexact(Math.abs(number), number < 0);
        }
    }

    private void encodeDouble(double number) {
        if (Double.isNaN(number)) {
            types.plain();
            out.putByte(KeyFormat.NAN);
        } else if (number == 0) {
            boolean negative = Double.doubleToRawLongBits(number) < 0;
            types.kind(negative ? TypeBitsWriter.NEGATIVE_ZERO : TypeBitsWriter.DOUBLE);
            out.putByte(KeyFormat.ZERO);
        } else {
            boolean looksIntegral =
                    number >= -TWO_TO_63 && number < TWO_TO_63 && number == (long) number;
            if (looksIntegral) {
                types.kind(TypeBitsWriter.DOUBLE);
            } else {
                types.plain();
            }
            encodeExact(number);
        }
    }

    private void encodeDecimal(Decimal128 number) {
        if (number.isNaN()) {
            types.decimal(number);
            out.putByte(KeyFormat.NAN);
        } else if (number.isInfinite()) {
            types.decimal(number);
            encodeExact(number.toDouble());
        } else {
            BigDecimal exact = number.toBigDecimal();
            if (KeyNumbers.denoted(exact).equals(number)) {
                types.plain();
            } else {
                types.decimal(number);
            }
            if (exact.signum() == 0) {
                out.putByte(KeyFormat.ZERO);
            } else {
                encodeMagnitude(exact.abs(), exact.signum() < 0);
            }
        }
    }

    /** A number other than zero that is a double. */
    private void encodeExact(double number) {
        long inverted = number < 0 ? -1L : 0L;
        out.putByte(number < 0 ? KeyFormat.NEGATIVE : KeyFormat.POSITIVE);
        out.putLong(Double.doubleToRawLongBits(Math.abs(number)) ^ inverted);
        out.putByte(KeyFormat.EXACT ^ (int) inverted);
    }

    private void encodeMagnitude(BigDecimal magnitude, boolean negative) {
        double floor = KeyNumbers.floor(magnitude);
        if (new BigDecimal(floor).compareTo(magnitude) == 0) {
            encodeExact(negative ? -floor : floor);
            return;
        }
        BigDecimal stripped = magnitude.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        encodeInexact(floor, digits, digits.length() - stripped.scale(), negative);
    }

    /** An integer that is no double. */
    private void encodeInexact(long magnitude, boolean negative) {
        double nearest = magnitude;
        boolean isAbove = nearest >= TWO_TO_63 || (long) nearest > magnitude;
        String digits = Long.toString(magnitude);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        double floor = isAbove ? Math.nextDown(nearest) : nearest;
        encodeInexact(floor, digits.substring(0, end), digits.length(), negative);
    }

    /**
     * A number by its digits.
     *
     * @param floor the nearest double below it
     * @param point where the decimal point stands among the digits
     */
    private void encodeInexact(double floor, String digits, int point, boolean negative) {
        out.putByte(negative ? KeyFormat.NEGATIVE : KeyFormat.POSITIVE);
        int start = out.length();
        out.putLong(Double.doubleToRawLongBits(floor));
        out.putByte(KeyFormat.DIGITS);
        encodeDigits(digits, point + KeyFormat.EXPONENT_BIAS);
        if (negative) {
            out.invertFrom(start);
        }
    }

    private void encodeDigits(String digits, int exponent) {
        out.putByte(exponent >> Byte.SIZE);
        out.putByte(exponent);
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            out.putByte(10 * tens + ones + 1);
        }
        out.putByte(KeyFormat.END);
    }

    private void encodeString(String text) {
        types.plain();
        tagged(KeyFormat.STRING, text);
    }

    private void encodeSymbol(String text) {
        types.kind(TypeBitsWriter.SYMBOL);
        tagged(KeyFormat.STRING, text);
    }

    private void encodeDocument(Document document, int depth) {
        out.putByte(KeyFormat.DOCUMENT);
        encodeFields(document, depth);
    }

    private void encodeFields(Document document, int depth) {
        checkDepth(depth);
        for (Field field : document) {
            out.putByte(KeyFormat.rankTag(field.value()));
            out.putText(field.name());
            encode(field.value(), depth);
        }
        out.putByte(KeyFormat.END);
    }

    private void encodeArray(ArrayValue array, int depth) {
        checkDepth(depth);
        out.putByte(KeyFormat.ARRAY);
        for (Value element : array) {
            encode(element, depth);
        }
        out.putByte(KeyFormat.END);
    }

    private static void checkDepth(int depth) {
        if (depth > Limits.NESTING_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Documents and arrays are nested too deeply",
                    Map.of("levelsMax", Limits.NESTING_MAX));
        }
    }

    private void encodeBinary(BinaryValue binary) {
        out.putByte(KeyFormat.BINARY);
        out.putInt(binary.bytes().length);
        out.putByte(binary.subtype());
        out.put(binary.bytes());
    }

    private void encodeId(ObjectId id) {
        out.putByte(KeyFormat.OBJECT_ID);
        putId(id);
    }

    private void putId(ObjectId id) {
        out.putInt(id.seconds());
        out.putInt(id.random());
        out.putInt(id.counter());
    }

    private void encodeRegex(RegexValue regex) {
        tagged(KeyFormat.REGEX, regex.pattern());
        out.putText(regex.options());
    }

    private void encodePointer(DbPointerValue pointer) {
        tagged(KeyFormat.DB_POINTER, pointer.namespace());
        putId(pointer.id());
    }

    private void encodeScopedCode(CodeWithScopeValue code, int depth) {
        tagged(KeyFormat.CODE_WITH_SCOPE, code.code());
        encodeFields(code.scope(), depth);
    }
}
