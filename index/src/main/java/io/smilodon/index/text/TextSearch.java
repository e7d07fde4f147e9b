package io.smilodon.index.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@code $text} looks for, in the language of its words. Immutable.
 *
 * @param language of the query
 * @param isCaseSensitive whether capitals make words differ
 * @param isDiacriticSensitive whether accents do
 * @param keys the words by which the index finds candidates
 * @param terms one of them must be in the document
 * @param negatedTerms none of them may be in the document
 * @param phrases each must be in the document
 * @param negatedPhrases none may be in the document
 */
public record TextSearch(
        TextLanguage language,
        boolean isCaseSensitive,
        boolean isDiacriticSensitive,
        Set<String> keys,
        Set<String> terms,
        Set<String> negatedTerms,
        List<String> phrases,
        List<String> negatedPhrases) {

    /**
     * Reads the text of a search.
     *
     * @param written words, phrases in quotation marks, and either with a minus sign before it
     */
    public static TextSearch parse(
            String written,
            TextLanguage language,
            boolean isCaseSensitive,
            boolean isDiacriticSensitive) {
        SearchText text = SearchText.read(written);
        Sensitivity sensitivity = new Sensitivity(isCaseSensitive, isDiacriticSensitive);
        return new TextSearch(
                language,
                isCaseSensitive,
                isDiacriticSensitive,
                words(text.wanted(), language, Sensitivity.NONE),
                words(text.wanted(), language, sensitivity),
                words(text.unwanted(), language, sensitivity),
                List.copyOf(new LinkedHashSet<>(text.phrases())),
                List.copyOf(new LinkedHashSet<>(text.negatedPhrases())));
    }

    private static Set<String> words(String text, TextLanguage language, Sensitivity sensitivity) {
        Set<String> words = new TreeSet<>();
        new Words(language, sensitivity).forEach(text, words::add);
        return words;
    }

    Sensitivity sensitivity() {
        return new Sensitivity(isCaseSensitive, isDiacriticSensitive);
    }

    /** Whether being found by the index is proof that a wanted word is there. */
    boolean isProvenByKeys() {
        return !isCaseSensitive && !isDiacriticSensitive;
    }
}
