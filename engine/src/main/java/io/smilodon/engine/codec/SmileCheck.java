package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;

/**
 * Looks at Smile of strangers before it is read: one whole value, without back-references, in which
 * every token is known, all text is UTF-8, and what has no eighth bit has none.
 *
 * <pre>
 * text   := 3A 29 0A 00 value FF?
 * value  := what {@link DocumentCodec} has, but for FD
 *         | 26 binary                   integer of any length
 *         | 28 u7[5]                    float
 *         | 2A vint binary              decimal: scale, unscaled integer
 *         | E8 binary
 * binary := vint u7*                    the number of bytes, seven bits in each
 * </pre>
 *
 * Not thread-safe.
 */
final class SmileCheck {

    private static final int HEADER_BYTES = 4;
    private static final byte[] HEADER = {0x3A, 0x29, 0x0A, 0};

    private static final int BIG_INTEGER = 0x26;
    private static final int FLOAT = 0x28;
    private static final int FLOAT_BYTES = 5;
    private static final int BIG_DECIMAL = 0x2A;
    private static final int BINARY = 0xE8;
    private static final int END_OF_CONTENT = 0xFF;

    private static final int VINT32_BYTES_MAX = 5;
    private static final int VINT64_BYTES_MAX = 10;

    private final byte[] bytes;
    private int at;
    private int tokens;

    private SmileCheck(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Refuses what is not sound.
     *
     * @throws SmilodonException {@link ErrorCode#FAILED_TO_PARSE}, {@link ErrorCode#OVERFLOW} if it
     *     is nested too deep
     */
    static void check(byte[] smile) {
        new SmileCheck(smile).checkAll();
    }

    /** Whether it begins as an array does; it need not be sound. */
    static boolean isArray(byte[] smile) {
        return smile.length > HEADER_BYTES
                && (smile[HEADER_BYTES] & 0xFF) == SmileFormat.START_ARRAY;
    }

    private void checkAll() {
        if (bytes.length <= HEADER_BYTES || !Arrays.equals(bytes, 0, 3, HEADER, 0, 3)) {
            throw refused("Smile begins with its header");
        }
        at = HEADER_BYTES;
        if (bytes[3] != 0) {
            throw refused("Smile with back-references or raw binary is not accepted")
                    .withHint("let the writer share neither names nor values");
        }
        value(1);
        if (at < bytes.length && peek() == END_OF_CONTENT) {
            at++;
        }
        if (at < bytes.length) {
            throw refused("Unexpected bytes after the Smile value");
        }
    }

    private void value(int depth) {
        countToken();
        int token = next();
        switch (token >> 5) {
            case 1 -> literal(token);
            case 2, 3 -> ascii((token & 0x3F) + 1);
            case 4, 5 -> utf8((token & 0x3F) + SmileFormat.SHORT_UNICODE_MIN);
            case 6 -> {
                // a small integer is there whole
            }
            case 7 -> large(token, depth);
            default -> throw unknown(token);
        }
    }

    private void literal(int token) {
        switch (token) {
            case SmileFormat.EMPTY_STRING,
                    SmileFormat.NULL,
                    SmileFormat.FALSE,
                    SmileFormat.TRUE -> {
                // there whole
            }
            case SmileFormat.INT32 -> vint32();
            case SmileFormat.INT64 -> vint(VINT64_BYTES_MAX);
            case BIG_INTEGER -> binary(Limits.NUMBER_CHARS_MAX);
            case FLOAT -> ascii(FLOAT_BYTES);
            case SmileFormat.DOUBLE -> ascii(SmileFormat.DOUBLE_BYTES);
            case BIG_DECIMAL -> {
                vint32();
                binary(Limits.NUMBER_CHARS_MAX);
            }
            default -> throw unknown(token);
        }
    }

    private void large(int token, int depth) {
        switch (token) {
            case SmileFormat.LONG_ASCII -> ascii(longText());
            case SmileFormat.LONG_UNICODE -> utf8(longText());
            case BINARY -> binary(Limits.REQUEST_BODY_BYTES_MAX);
            case SmileFormat.START_ARRAY -> array(depth);
            case SmileFormat.START_OBJECT -> object(depth);
            default -> throw unknown(token);
        }
        if (token == SmileFormat.LONG_ASCII || token == SmileFormat.LONG_UNICODE) {
            at++; // behind the mark of its end
        }
    }

    private void array(int depth) {
        checkDepth(depth);
        while (peek() != SmileFormat.END_ARRAY) {
            value(depth + 1);
        }
        at++;
    }

    private void object(int depth) {
        checkDepth(depth);
        for (int token = next(); token != SmileFormat.END_OBJECT; token = next()) {
            name(token);
            value(depth + 1);
        }
    }

    private void name(int token) {
        countToken();
        if (token == SmileFormat.NAME_LONG) {
            utf8(longText());
            at++;
        } else if (token >= SmileFormat.NAME_UNICODE
                && token <= SmileFormat.NAME_UNICODE + SmileFormat.NAME_UNICODE_MAX - 2) {
            utf8(token - SmileFormat.NAME_UNICODE + SmileFormat.NAME_UNICODE_MIN);
        } else if (token >= SmileFormat.NAME_ASCII && token < SmileFormat.NAME_UNICODE) {
            ascii(token - SmileFormat.NAME_ASCII + 1);
        } else if (token != SmileFormat.NAME_EMPTY) {
            throw unknown(token);
        }
    }

    /** How many bytes there are to the mark of the end. */
    private int longText() {
        for (int end = at; end < bytes.length; end++) {
            if ((bytes[end] & 0xFF) == SmileFormat.END_OF_TEXT) {
                return end - at;
            }
        }
        throw cutOff();
    }

    private void ascii(int length) {
        int end = end(length);
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                throw refused("A byte has an eighth bit that should have none");
            }
        }
    }

    private void utf8(int length) {
        int end = end(length);
        try {
            Utf8.checkStrictly(bytes, at, length);
        } catch (CharacterCodingException malformed) {
            throw refused("Text is not UTF-8");
        }
        at = end;
    }

    private void binary(int lengthMax) {
        long length = vint32();
        if (length > lengthMax) {
            throw refused("Binary data is too long");
        }
        ascii((int) ((length * 8 + 6) / 7));
    }

    private long vint32() {
        long value = vint(VINT32_BYTES_MAX);
        if (value >>> Integer.SIZE != 0) {
            throw malformedNumber();
        }
        return value;
    }

    /** A number of seven bits in each byte but the last, which has six and a mark. */
    private long vint(int bytesMax) {
        long value = 0;
        for (int count = 1; count <= bytesMax; count++) {
            int octet = next();
            int bits = octet < 0x80 ? 7 : 6;
            if (octet >= 0xC0 || value >>> Long.SIZE - bits != 0) {
                throw malformedNumber();
            }
            value = (value << bits) | (octet & ((1 << bits) - 1));
            if (bits == 6) {
                return value;
            }
        }
        throw malformedNumber();
    }

    private SmilodonException malformedNumber() {
        return refused("A number of variable length is malformed");
    }

    private int end(int length) {
        if (length > bytes.length - at) {
            throw cutOff();
        }
        return at + length;
    }

    private int peek() {
        if (at >= bytes.length) {
            throw cutOff();
        }
        return bytes[at] & 0xFF;
    }

    private int next() {
        int token = peek();
        at++;
        return token;
    }

    private void countToken() {
        if (++tokens > Limits.JSON_TOKENS_MAX) {
            throw refused("Smile has too many tokens");
        }
    }

    private void checkDepth(int depth) {
        if (depth > JsonFactories.READ_DEPTH_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Documents and arrays are nested too deeply",
                    Map.of("levelsMax", Limits.NESTING_MAX, "offset", at));
        }
    }

    private SmilodonException cutOff() {
        return refused("Smile is cut off");
    }

    private SmilodonException unknown(int token) {
        return new SmilodonException(
                ErrorCode.FAILED_TO_PARSE,
                "A token of Smile is unknown here",
                Map.of("token", String.format("%02x", token), "offset", at - 1));
    }

    private SmilodonException refused(String why) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, why, Map.of("offset", at));
    }
}
