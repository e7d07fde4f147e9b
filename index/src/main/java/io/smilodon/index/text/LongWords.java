package io.smilodon.index.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Words too long for an entry. Pure functions. */
final class LongWords {

    private static final int LENGTH_MAX = 200;
    private static final int KEPT = 128;

    private LongWords() {}

    /**
     * The word, if it is short; else its beginning and the half of its SHA-256, which tells it from
     * every other word.
     */
    static String shortened(String word) {
        if (word.length() <= LENGTH_MAX) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
        return word.substring(0, end) + HexFormat.of().formatHex(digest(word), 0, 16);
    }

    /** Whether it looks as if there were more of the word. */
    static boolean mayBeShortened(String word) {
        return word.length() >= KEPT;
    }

    private static byte[] digest(String word) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(word.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new AssertionError("every Java platform has SHA-256", absent);
        }
    }
}
