package io.smilodon.index.text;

import java.text.Normalizer;

/** Which characters divide words, and which count as the same. Pure functions. */
final class Letters {

    static final int ASCII_END = 0x80;

    private static final boolean[] DELIMITERS = asciiDelimiters(true);
    private static final boolean[] WITHOUT_APOSTROPHE = asciiDelimiters(false);

    private Letters() {}

    private static boolean[] asciiDelimiters(boolean hasApostrophe) {
        boolean[] delimiters = new boolean[ASCII_END];
        for (int letter = 0; letter < ASCII_END; letter++) {
            delimiters[letter] = letter == '\'' ? hasApostrophe : isAsciiDelimiter(letter);
        }
        return delimiters;
    }

    /** Which characters of ASCII stand between words; not to be changed. */
    static boolean[] asciiDelimiters(TextLanguage language) {
        return language.joinsApostrophes() ? WITHOUT_APOSTROPHE : DELIMITERS;
    }

    private static boolean isAsciiDelimiter(int letter) {
        return letter != '_'
                && !Character.isLetterOrDigit(letter)
                && letter >= 9
                && (letter >= ' ' || letter <= 13)
                && letter != 0x7f;
    }

    /** Whether it is of ASCII and no capital. */
    static boolean isSmallAscii(char letter) {
        return letter < ASCII_END && (letter < 'A' || letter > 'Z');
    }

    /**
     * Whether a character stands between words: white space, or what Unicode calls a dash, a
     * hyphen, a quotation mark, the end of a part of a sentence, or part of a pattern's syntax.
     */
    static boolean isDelimiter(int codePoint, TextLanguage language) {
        if (codePoint < ASCII_END) {
            return asciiDelimiters(language)[codePoint];
        }
        return isDelimiterBeyondAscii(codePoint);
    }

    private static boolean isDelimiterBeyondAscii(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            case Character.MATH_SYMBOL, Character.OTHER_SYMBOL, Character.CURRENCY_SYMBOL ->
                    isPatternSyntax(codePoint);
            default -> codePoint == 0x85 || codePoint == 0xad;
        };
    }

    /** Unicode's property Pattern_Syntax, of symbols; it never changes. */
    private static boolean isPatternSyntax(int codePoint) {
        return codePoint >= 0xa1 && codePoint <= 0xf7
                || codePoint >= 0x2010 && codePoint <= 0x205e
                || codePoint >= 0x2190 && codePoint <= 0x245f
                || codePoint >= 0x2500 && codePoint <= 0x2775
                || codePoint >= 0x2794 && codePoint <= 0x2e7f
                || codePoint >= 0x3001 && codePoint <= 0x3030;
    }

    /** The text in small letters. */
    static String lowerCase(String text, TextLanguage language) {
        if (isPlain(text, 'A', 'Z')) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints()
                .map(letter -> lowerCase(letter, language.hasDotlessI()))
                .forEach(lower::appendCodePoint);
        return lower.toString();
    }

    /** Whether the text has ASCII letters only, and none from one to another. */
    private static boolean isPlain(String text, char from, char to) {
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter >= ASCII_END || letter >= from && letter <= to) {
                return false;
            }
        }
        return true;
    }

    private static int lowerCase(int codePoint, boolean hasDotlessI) {
        if (hasDotlessI && codePoint == 'I') {
            return 0x131;
        }
        return codePoint == 0x130 ? 'i' : Character.toLowerCase(codePoint);
    }

    /** The text without accents. */
    static String withoutMarks(String text) {
        if (isPlain(text, (char) 1, (char) 0)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }
}
