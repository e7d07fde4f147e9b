package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a key apart; the format is in {@link KeyCodec}. Reads any bytes: those that are no key end
 * in {@link io.smilodon.engine.error.ErrorCode#DATA_CORRUPTION_DETECTED}. Not thread-safe.
 */
public final class KeyReader {

    private static final int ID_BYTES = 12;
    private static final byte[] PLAIN = {};

    private final byte[] key;
    private final TypeBitsReader types;
    private int position;

    /** Inverts the bits of what is read where it is 0xFF: in a descending part. */
    private int mask;

    /** Reads the values as the key alone denotes them. */
    public KeyReader(byte[] key, int offset) {
        this(key, offset, PLAIN);
    }

    /**
     * Reads the values exactly as they were encoded.
     *
     * @param typeBits what {@link KeyWriter#typeBits} said of all values from the offset on
     */
    public KeyReader(byte[] key, int offset, byte[] typeBits) {
        this.key = key;
        this.position = offset;
        this.types = new TypeBitsReader(typeBits);
    }

    public boolean hasNext() {
        return position < key.length;
    }

    /** The offset of the next byte to be read. */
    public int position() {
        return position;
    }

    /** Four bytes, big-endian. */
    public int nextInt() {
        mask = 0;
        return int32();
    }

    /** The next value, which was appended in this direction. */
    public Value next(Direction direction) {
        mask = direction == Direction.BACKWARD ? 0xFF : 0;
        return value(0);
    }

    /** The next value, a number, as a double; makes no object of most numbers. */
    public double nextDouble(Direction direction) {
        mask = direction == Direction.BACKWARD ? 0xFF : 0;
        int start = position;
        if (read() == KeyFormat.POSITIVE) {
            double floor = Double.longBitsToDouble(int64());
            if (read() == KeyFormat.EXACT && floor > 0) {
                types.skip();
                return floor;
            }
        }
        position = start;
        if (value(0) instanceof NumberValue number) {
            return number.toDouble();
        }
        throw damage();
    }

    /** Goes over the next value without decoding it; {@link #position} is then its end. */
    public void skip(Direction direction) {
        mask = direction == Direction.BACKWARD ? 0xFF : 0;
        skipValue(0);
    }

    private Value value(int depth) {
        int tag = read();
        return switch (tag) {
            case KeyFormat.MIN_KEY -> MinKey.INSTANCE;
            case KeyFormat.MISSING -> Missing.INSTANCE;
            case KeyFormat.UNDEFINED -> UndefinedValue.INSTANCE;
            case KeyFormat.NULL -> NullValue.INSTANCE;
            case KeyFormat.NAN -> typed(new DoubleValue(Double.NaN));
            case KeyFormat.NEGATIVE -> typed(negative());
            case KeyFormat.ZERO -> typed(new Int32Value(0));
            case KeyFormat.POSITIVE -> typed(magnitude(false));
            case KeyFormat.STRING -> string();
            case KeyFormat.DOCUMENT -> document(depth + 1);
            case KeyFormat.ARRAY -> array(depth + 1);
            case KeyFormat.BINARY -> binary();
            case KeyFormat.OBJECT_ID -> objectId();
            case KeyFormat.FALSE -> Value.of(false);
            case KeyFormat.TRUE -> Value.of(true);
            case KeyFormat.DATE -> new DateValue(int64() ^ Long.MIN_VALUE);
            case KeyFormat.TIMESTAMP -> new TimestampValue(int32(), int32());
            case KeyFormat.REGEX -> new RegexValue(text(), text());
            case KeyFormat.DB_POINTER -> new DbPointerValue(text(), objectId());
            case KeyFormat.CODE -> new CodeValue(text());
            case KeyFormat.CODE_WITH_SCOPE -> new CodeWithScopeValue(text(), document(depth + 1));
            case KeyFormat.MAX_KEY -> MaxKey.INSTANCE;
            default -> throw damage();
        };
    }

    private NumberValue typed(NumberValue denoted) {
        return switch (types.next()) {
            case TypeBitsReader.PLAIN -> denoted;
            case TypeBitsWriter.INT64 -> new Int64Value(denoted.toLong());
            case TypeBitsWriter.DOUBLE -> new DoubleValue(denoted.toDouble());
            case TypeBitsWriter.NEGATIVE_ZERO -> new DoubleValue(-0.0);
            case TypeBitsWriter.DECIMAL -> types.decimal();
            default -> throw damage();
        };
    }

    private Value string() {
        String text = text();
        return switch (types.next()) {
            case TypeBitsReader.PLAIN -> new StringValue(text);
            case TypeBitsWriter.SYMBOL -> new SymbolValue(text);
            default -> throw damage();
        };
    }

    private NumberValue negative() {
        mask ^= 0xFF;
        NumberValue number = magnitude(true);
        mask ^= 0xFF;
        return number;
    }

    private NumberValue magnitude(boolean negative) {
        double floor = Double.longBitsToDouble(int64());
        int form = read();
        if (form == KeyFormat.DIGITS) {
            BigDecimal digits = digits();
            return KeyNumbers.denoted(negative ? digits.negate() : digits);
        }
        if (form != KeyFormat.EXACT || !(floor > 0)) {
            throw damage();
        }
        return KeyNumbers.denoted(negative ? -floor : floor);
    }

    private BigDecimal digits() {
        int exponent = (read() << Byte.SIZE | read()) - KeyFormat.EXPONENT_BIAS;
        BigInteger unscaled = BigInteger.ZERO;
        int pairs = 0;
        for (int pair = read(); pair != KeyFormat.END; pair = read()) {
            if (pair > 100 || ++pairs > KeyFormat.DIGIT_PAIRS_MAX) {
                throw damage();
            }
            unscaled =
                    unscaled.multiply(BigInteger.valueOf(100)).add(BigInteger.valueOf(pair - 1L));
        }
        boolean tooLarge = exponent > 6145 || exponent < -6175;
        if (pairs == 0 || tooLarge) {
            throw damage();
        }
        return new BigDecimal(unscaled, 2 * pairs - exponent);
    }

    private String text() {
        byte[] bytes = new byte[textLength()];
        for (int i = 0; i < bytes.length; i++) {
            int unit = read();
            bytes[i] = (byte) (unit == KeyFormat.ESCAPE ? escaped() : unit);
        }
        position++;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int escaped() {
        return switch (read()) {
            case KeyFormat.ESCAPED_ZERO -> 0;
            case KeyFormat.ESCAPED_ONE -> 1;
            default -> throw damage();
        };
    }

    /** The bytes of the text once the escapes are gone. */
    private int textLength() {
        int length = 0;
        for (int i = position; i < key.length; i++) {
            int unit = (key[i] & 0xFF) ^ mask;
            if (unit == KeyFormat.END) {
                return length;
            }
            if (unit == KeyFormat.ESCAPE) {
                i++;
            }
            length++;
        }
        throw damage();
    }

    private Document document(int depth) {
        checkDepth(depth);
        DocumentBuilder fields = Document.builder();
        for (int tag = read(); tag != KeyFormat.END; tag = read()) {
            String name = text();
            Value value = value(depth);
            if (tag != KeyFormat.rankTag(value) || fields.has(name)) {
                throw damage();
            }
            fields.put(name, value);
        }
        return fields.build();
    }

    private ArrayValue array(int depth) {
        checkDepth(depth);
        List<Value> elements = new ArrayList<>();
        while (peek() != KeyFormat.END) {
            elements.add(value(depth));
        }
        position++;
        return ArrayValue.of(elements);
    }

    private void checkDepth(int depth) {
        if (depth > Limits.NESTING_MAX) {
            throw damage();
        }
    }

    private BinaryValue binary() {
        int length = int32();
        byte subtype = (byte) read();
        if (length < 0 || length > key.length - position) {
            throw damage();
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) read();
        }
        return new BinaryValue(subtype, bytes);
    }

    private void skipValue(int depth) {
        int tag = read();
        switch (tag) {
            case KeyFormat.MIN_KEY,
                    KeyFormat.MISSING,
                    KeyFormat.UNDEFINED,
                    KeyFormat.NULL,
                    KeyFormat.FALSE,
                    KeyFormat.TRUE,
                    KeyFormat.MAX_KEY -> {}
            case KeyFormat.NAN, KeyFormat.ZERO -> types.skip();
            case KeyFormat.NEGATIVE, KeyFormat.POSITIVE -> skipNumber(tag);
            case KeyFormat.STRING -> {
                skipText();
                types.skip();
            }
            case KeyFormat.DOCUMENT -> skipFields(depth + 1);
            case KeyFormat.ARRAY -> skipElements(depth + 1);
            case KeyFormat.BINARY -> forward(int32() + 1L);
            case KeyFormat.OBJECT_ID -> forward(ID_BYTES);
            case KeyFormat.DATE, KeyFormat.TIMESTAMP -> forward(Long.BYTES);
            case KeyFormat.REGEX -> {
                skipText();
                skipText();
            }
            case KeyFormat.DB_POINTER -> {
                skipText();
                forward(ID_BYTES);
            }
            case KeyFormat.CODE -> skipText();
            case KeyFormat.CODE_WITH_SCOPE -> {
                skipText();
                skipFields(depth + 1);
            }
            default -> throw damage();
        }
    }

    private void skipNumber(int tag) {
        int inverted = tag == KeyFormat.NEGATIVE ? 0xFF : 0;
        forward(Long.BYTES);
        if ((read() ^ inverted) == KeyFormat.DIGITS) {
            forward(Short.BYTES);
            while ((read() ^ inverted) != KeyFormat.END) {
                continue;
            }
        }
        types.skip();
    }

    private void skipText() {
        for (int unit = read(); unit != KeyFormat.END; unit = read()) {
            if (unit == KeyFormat.ESCAPE) {
                read();
            }
        }
    }

    private void skipFields(int depth) {
        checkDepth(depth);
        while (read() != KeyFormat.END) {
            skipText();
            skipValue(depth);
        }
    }

    private void skipElements(int depth) {
        checkDepth(depth);
        while (peek() != KeyFormat.END) {
            skipValue(depth);
        }
        position++;
    }

    private void forward(long length) {
        if (length < 0 || length > key.length - position) {
            throw damage();
        }
        position += (int) length;
    }

    private ObjectId objectId() {
        return new ObjectId(int32(), int32(), int32());
    }

    private long int64() {
        return (long) int32() << Integer.SIZE | Integer.toUnsignedLong(int32());
    }

    private int int32() {
        return read() << 24 | read() << 16 | read() << 8 | read();
    }

    private int peek() {
        if (position >= key.length) {
            throw damage();
        }
        return (key[position] & 0xFF) ^ mask;
    }

    private int read() {
        int value = peek();
        position++;
        return value;
    }

    private SmilodonException damage() {
        return Damage.of("key", position);
    }
}
