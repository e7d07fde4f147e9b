package io.smilodon.index.text;

import java.util.function.Consumer;
import org.tartarus.snowball.SnowballStemmer;

/**
 * Divides texts into words and takes each to its stem; stop words are left out. As MongoDB's text
 * indexes of version 3 do it. Not thread-safe.
 */
final class Words {

    private final TextLanguage language;
    private final Sensitivity sensitivity;
    private final SnowballStemmer stemmer;

    /** Which characters of ASCII divide words. */
    private final boolean[] delimiters;

    Words(TextLanguage language, Sensitivity sensitivity) {
        this.language = language;
        this.sensitivity = sensitivity;
        this.stemmer = language.stemmer();
        this.delimiters = Letters.asciiDelimiters(language);
    }

    /** Hands over the words of a text, in their order. */
    void forEach(String text, Consumer<String> action) {
        int length = text.length();
        int at = 0;
        while (at < length) {
            int end = at;
            boolean isPlain = true;
            while (end < length && !isDelimiter(text, end)) {
                char letter = text.charAt(end);
                isPlain &= Letters.isSmallAscii(letter);
                end += letter < Letters.ASCII_END ? 1 : Character.charCount(text.codePointAt(end));
            }
            if (end > at) {
                accept(text.substring(at, end), isPlain, action);
                at = end;
            } else {
                at += Character.charCount(text.codePointAt(at));
            }
        }
    }

    private boolean isDelimiter(String text, int at) {
        char letter = text.charAt(at);
        return letter < Letters.ASCII_END
                ? delimiters[letter]
                : Letters.isDelimiter(text.codePointAt(at), language);
    }

    /**
     * The lists of stop words, and the stemmers, know small letters with their accents.
     *
     * @param isPlain whether it has neither capitals nor accents
     */
    private void accept(String written, boolean isPlain, Consumer<String> action) {
        String lower = isPlain ? written : Letters.lowerCase(written, language);
        if (!language.isStopWord(lower)) {
            String stem = stem(sensitivity.isOfCase() ? written : lower);
            boolean isWhole = isPlain && language == TextLanguage.NONE || sensitivity.isOfMarks();
            action.accept(isWhole ? stem : Letters.withoutMarks(stem));
        }
    }

    private String stem(String word) {
        if (language == TextLanguage.NONE) {
            return word;
        }
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }
}
