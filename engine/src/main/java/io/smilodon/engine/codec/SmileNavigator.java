package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;

/**
 * Finds its way through stored documents without decoding them; the format is in {@link
 * DocumentCodec}. It reads any bytes: every step goes forward and stays before the end, nothing is
 * allocated that the bytes do not hold, and nesting is counted, so that damage ends in {@link
 * io.smilodon.engine.error.ErrorCode#DATA_CORRUPTION_DETECTED}. Immutable.
 */
final class SmileNavigator {

    private static final int VINT32_BYTES_MAX = 5;
    private static final int VINT64_BYTES_MAX = 10;

    private static final Int32Value[] SMALL_INTS = smallInts();

    private final byte[] bytes;
    private final int end;

    /**
     * @param end the position at which reading stops
     */
    SmileNavigator(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    private static Int32Value[] smallInts() {
        Int32Value[] values = new Int32Value[32];
        for (int zigzag = 0; zigzag < values.length; zigzag++) {
            values[zigzag] = new Int32Value(zigzag >>> 1 ^ -(zigzag & 1));
        }
        return values;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The document at the position, which is the given level of nesting: 1 is the outermost. */
    StoredDocument document(int position, int depth) {
        if (token(position) != SmileFormat.START_OBJECT) {
            throw damage(position);
        }
        checkDepth(depth, position);
        return new StoredDocument(this, position, depth);
    }

    int token(int position) {
        if (position >= end) {
            throw damage(position);
        }
        return bytes[position] & 0xFF;
    }

    /** The value of the field, or {@link Missing}. */
    Value find(StoredDocument document, String name) {
        int found = position(document, name);
        return found < 0 ? Missing.INSTANCE : read(found, document.depth());
    }

    /** Where the field's value stands; without such a field the inverted place of the end. */
    int position(StoredDocument document, String name) {
        int position = document.start() + 1;
        while (token(position) != SmileFormat.END_OBJECT) {
            int value = skipName(position);
            if (isName(position, value, name)) {
                return value;
            }
            position = skip(value, document.depth());
        }
        return ~position;
    }

    private boolean isName(int position, int next, String name) {
        int token = token(position);
        if (token == SmileFormat.NAME_EMPTY) {
            return name.isEmpty();
        }
        if (token < SmileFormat.NAME_ASCII || token >= SmileFormat.NAME_UNICODE) {
            return readName(position, next).equals(name);
        }
        int length = next - position - 1;
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[position + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param next the position after the name, as {@link #skipName} returned it
     */
    String readName(int position, int next) {
        int token = token(position);
        if (token == SmileFormat.NAME_EMPTY) {
            return "";
        }
        int stop = token == SmileFormat.NAME_LONG ? next - 1 : next;
        return new String(bytes, position + 1, stop - position - 1, StandardCharsets.UTF_8);
    }

    /** The position after the name, where its value begins. */
    int skipName(int position) {
        int token = token(position);
        int length = SmileLengths.ofName(token);
        if (length > 0) {
            return forward(position, length);
        }
        if (token == SmileFormat.NAME_LONG) {
            return skipText(position + 1);
        }
        throw damage(position);
    }

    /**
     * The position after the value.
     *
     * @param depth the level of the container that the value stands in
     */
    int skip(int position, int depth) {
        int token = token(position);
        int length = SmileLengths.ofValue(token);
        return length > 0 ? forward(position, length) : skipLong(position, token, depth);
    }

    /** The position after a value whose token does not tell how long it is. */
    private int skipLong(int position, int token, int depth) {
        return switch (token) {
            case SmileFormat.INT32 -> skipVint(position + 1, VINT32_BYTES_MAX);
            case SmileFormat.INT64 -> skipVint(position + 1, VINT64_BYTES_MAX);
            case SmileFormat.LONG_ASCII, SmileFormat.LONG_UNICODE -> skipText(position + 1);
            case SmileFormat.RAW_BINARY -> {
                int content = skipVint(position + 1, VINT32_BYTES_MAX);
                yield forward(content, length(position + 1, content));
            }
            case SmileFormat.START_OBJECT -> skipDocument(position, depth + 1);
            case SmileFormat.START_ARRAY -> skipArray(position, depth + 1);
            default -> throw damage(position);
        };
    }

    private int skipDocument(int start, int depth) {
        checkDepth(depth, start);
        int position = start + 1;
        while (token(position) != SmileFormat.END_OBJECT) {
            position = skip(skipName(position), depth);
        }
        return position + 1;
    }

    private int skipArray(int start, int depth) {
        checkDepth(depth, start);
        int position = start + 1;
        while (token(position) != SmileFormat.END_ARRAY) {
            position = skip(position, depth);
        }
        return position + 1;
    }

    private int skipText(int start) {
        for (int position = start; position < end; position++) {
            if (bytes[position] == (byte) SmileFormat.END_OF_TEXT) {
                return position + 1;
            }
        }
        throw damage(start);
    }

    /** The position after a number whose last byte, and only that, has its sign bit set. */
    private int skipVint(int start, int bytesMax) {
        int limit = Math.min(end, start + bytesMax);
        for (int position = start; position < limit; position++) {
            if (bytes[position] < 0) {
                return position + 1;
            }
        }
        throw damage(start);
    }

    private int forward(int position, int length) {
        if (length > end - position) {
            throw damage(position);
        }
        return position + length;
    }

    /**
     * The value at the position; containers are views.
     *
     * @param depth the level of the container that the value stands in
     */
    Value read(int position, int depth) {
        int token = token(position);
        if (token >= SmileFormat.SMALL_INT && token < SmileFormat.LONG_ASCII) {
            return SMALL_INTS[token - SmileFormat.SMALL_INT];
        }
        return switch (token) {
            case SmileFormat.NULL -> NullValue.INSTANCE;
            case SmileFormat.FALSE -> Value.of(false);
            case SmileFormat.TRUE -> Value.of(true);
            case SmileFormat.EMPTY_STRING -> new StringValue("");
            case SmileFormat.START_OBJECT -> document(position, depth + 1);
            case SmileFormat.START_ARRAY -> {
                checkDepth(depth + 1, position);
                yield new StoredArray(this, position, depth + 1);
            }
            default -> readScalar(position, token, skip(position, depth), depth);
        };
    }

    private Value readScalar(int position, int token, int next, int depth) {
        return switch (token) {
            case SmileFormat.INT32 -> new Int32Value(readInt32(position + 1, next));
            case SmileFormat.INT64 -> new Int64Value(unzigzag(vint(position + 1, next)));
            case SmileFormat.DOUBLE -> new DoubleValue(number(position));
            case SmileFormat.LONG_ASCII, SmileFormat.LONG_UNICODE -> text(position + 1, next - 1);
            case SmileFormat.RAW_BINARY -> tagged(position, depth).read();
            default -> text(position + 1, next);
        };
    }

    /**
     * An int32 or an int64.
     *
     * @param next the position after it
     */
    long integer(int position, int next) {
        int token = token(position);
        return switch (token) {
            case SmileFormat.INT32 -> readInt32(position + 1, next);
            case SmileFormat.INT64 -> unzigzag(vint(position + 1, next));
            default -> unzigzag(token - SmileFormat.SMALL_INT);
        };
    }

    private int readInt32(int from, int to) {
        long zigzag = vint(from, to);
        if (zigzag >>> Integer.SIZE != 0) {
            throw damage(from);
        }
        return (int) unzigzag(zigzag);
    }

    private static long unzigzag(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    private long vint(int from, int to) {
        long value = 0;
        for (int i = from; i < to - 1; i++) {
            value = value << 7 | bytes[i];
        }
        return value << 6 | bytes[to - 1] & 0x3F;
    }

    private int length(int from, int to) {
        long length = vint(from, to);
        if (length > Limits.DOCUMENT_BYTES_MAX) {
            throw damage(from);
        }
        return (int) length;
    }

    /** A double. */
    double number(int position) {
        int next = forward(position, 1 + SmileFormat.DOUBLE_BYTES);
        long bits = 0;
        for (int i = position + 1; i < next; i++) {
            bits = bits << 7 | bytes[i] & 0x7F;
        }
        return Double.longBitsToDouble(bits);
    }

    private Value text(int from, int to) {
        return new StringValue(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private void checkDepth(int depth, int position) {
        if (depth > Limits.NESTING_MAX) {
            throw damage(position);
        }
    }

    /** The levels of nesting of the value: none for a scalar. Call {@link #skip} before. */
    int levels(int start) {
        int token = token(start);
        if (token != SmileFormat.START_OBJECT && token != SmileFormat.START_ARRAY) {
            return token == SmileFormat.RAW_BINARY ? tagged(start, 0).levels() : 0;
        }
        boolean named = token == SmileFormat.START_OBJECT;
        int below = 0;
        int position = start + 1;
        while (token(position) != (named ? SmileFormat.END_OBJECT : SmileFormat.END_ARRAY)) {
            int value = named ? skipName(position) : position;
            below = Math.max(below, levels(value));
            position = skip(value, 0);
        }
        return 1 + below;
    }

    private TaggedReader tagged(int position, int depth) {
        int content = skipVint(position + 1, VINT32_BYTES_MAX);
        return new TaggedReader(this, content, skip(position, depth), depth);
    }

    int end() {
        return end;
    }

    SmilodonException damage(int position) {
        return Damage.of("document", position);
    }
}
