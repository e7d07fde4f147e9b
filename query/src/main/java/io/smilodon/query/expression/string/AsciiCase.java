package io.smilodon.query.expression.string;

/** Case of ASCII letters; all other characters stay. */
final class AsciiCase {

    private static final int CASE_BIT = 0x20;

    private AsciiCase() {}

    static String lower(String text) {
        return changed(text, 'A', 'Z');
    }

    static String upper(String text) {
        return changed(text, 'a', 'z');
    }

    private static String changed(String text, char first, char last) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= first && chars[i] <= last) {
                chars[i] ^= CASE_BIT;
            }
        }
        return new String(chars);
    }
}
