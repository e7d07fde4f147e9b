package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bytes in a path (RFC 3986, section 2.1). A plus sign is a plus sign. */
final class PercentEncoding {

    private static final int ESCAPE_CHARS = 3;

    private PercentEncoding() {}

    /**
     * The bytes that a part of a path stands for.
     *
     * @throws SmilodonException {@code BadValue} if a percent sign is not followed by two digits
     */
    static byte[] decode(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int index = 0; index < encoded.length; index++) {
            if (encoded[index] == '%') {
                decoded.write(escaped(encoded, index, text));
                index += ESCAPE_CHARS - 1;
            } else {
                decoded.write(encoded[index]);
            }
        }
        return decoded.toByteArray();
    }

    private static int escaped(byte[] encoded, int index, String text) {
        boolean isWhole = index + ESCAPE_CHARS <= encoded.length;
        int high = isWhole ? Character.digit(encoded[index + 1], 16) : -1;
        int low = isWhole ? Character.digit(encoded[index + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "A percent sign in the path must be followed by two hexadecimal digits",
                    Map.of("path", text));
        }
        return high * 16 + low;
    }
}
