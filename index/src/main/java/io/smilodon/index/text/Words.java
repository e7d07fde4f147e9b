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

    Words(TextLanguage language, Sensitivity sensitivity) {
        this.language = language;
        this.sensitivity = sensitivity;
        this.stemmer = language.stemmer();
    }

    /** Hands over the words of a text, in their order. */
    void forEach(String text, Consumer<String> action) {
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !isDelimiter(text, end)) {
                end += Character.charCount(text.codePointAt(end));
            }
            if (end > at) {
                accept(text.substring(at, end), action);
                at = end;
            } else {
                at += Character.charCount(text.codePointAt(at));
            }
        }
    }

    private boolean isDelimiter(String text, int at) {
        return Letters.isDelimiter(text.codePointAt(at), language);
    }

    /** The lists of stop words, and the stemmers, know small letters with their accents. */
    private void accept(String written, Consumer<String> action) {
        String lower = Letters.lowerCase(written, language);
        if (!language.isStopWord(lower)) {
            String stem = stem(sensitivity.isOfCase() ? written : lower);
            action.accept(sensitivity.isOfMarks() ? stem : Letters.withoutMarks(stem));
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
