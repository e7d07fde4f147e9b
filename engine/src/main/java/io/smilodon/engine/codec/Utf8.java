package io.smilodon.engine.codec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** What UTF-8 asks of Java's text. */
final class Utf8 {

    private static final byte[] NOT_ASCII = {};

    private Utf8() {}

    /** Where half of a surrogate pair stands, which has no UTF-8 form; -1 if nowhere. */
    static int indexOfLoneSurrogate(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean paired =
                        Character.isHighSurrogate(unit)
                                && i + 1 < length
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** The number of bytes of the text in UTF-8; each half of a surrogate pair counts as two. */
    static long length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                // A pair of surrogates is four bytes: two for each half.
                bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return bytes;
    }

    /**
     * The text's bytes if all its characters are ASCII, else none. Java's own coders go over many
     * characters at once, but write a question mark for half of a surrogate pair: so the bytes are
     * read back.
     */
    static byte[] asciiOrNothing(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isAscii =
                bytes.length == text.length()
                        && new String(bytes, StandardCharsets.ISO_8859_1).equals(text);
        return isAscii ? bytes : NOT_ASCII;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Decodes, without the byte order mark that may stand first. */
    static String decodeStrictly(byte[] bytes) throws CharacterCodingException {
        String text = decoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Finds out whether bytes are UTF-8. */
    static void checkStrictly(byte[] bytes, int offset, int length)
            throws CharacterCodingException {
        decoder().decode(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Decodes a stream, without the byte order mark that may stand first. */
    static Reader strictReader(InputStream bytes) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(bytes, decoder()), 1);
        int first = reader.read();
        if (first >= 0 && first != 0xFEFF) {
            reader.unread(first);
        }
        return reader;
    }

    /** Refuses overlong forms and everything else that is not UTF-8. */
    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static SmilodonException unencodable() {
        return new SmilodonException(
                ErrorCode.BAD_VALUE, "Text holds half of a surrogate pair and has no UTF-8 form");
    }
}
