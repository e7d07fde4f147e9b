package io.smilodon.index.text;

import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says whether documents match a search, and how well, without the index. Thread-safe. */
public final class TextMatcher {

    private final TextFields fields;
    private final TextSearch search;

    /**
     * A matcher.
     *
     * @param definition the text index, which says what the texts of a document are
     */
    public TextMatcher(IndexDefinition definition, TextSearch search) {
        this.fields = TextIndex.of(definition).fields();
        this.search = search;
    }

    public TextSearch search() {
        return search;
    }

    /** Whether the document has a wanted word, every phrase, and nothing unwanted. */
    public boolean matches(Document document) {
        return !search.keys().isEmpty()
                && TermScores.of(document, fields).stream()
                        .anyMatch(term -> search.keys().contains(term.word()))
                && confirms(document);
    }

    /** The same of a document that the index has found. */
    public boolean confirms(Document document) {
        return (search.isProvenByKeys() || hasWord(document, search.terms()))
                && !hasWord(document, search.negatedTerms())
                && hasPhrases(document)
                && !hasNegatedPhrase(document);
    }

    private boolean hasPhrases(Document document) {
        for (String phrase : search.phrases()) {
            if (!hasPhrase(document, phrase)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasNegatedPhrase(Document document) {
        for (String phrase : search.negatedPhrases()) {
            if (hasPhrase(document, phrase)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasWord(Document document, Set<String> terms) {
        return !terms.isEmpty()
                && !fields.forEach(
                        document, (text, language, weight) -> !hasWord(text, language, terms));
    }

    private boolean hasWord(String text, TextLanguage language, Set<String> terms) {
        boolean[] found = {false};
        new Words(language, search.sensitivity())
                .forEach(text, word -> found[0] |= terms.contains(word));
        return found[0];
    }

    /** Phrases are parts of texts; they may begin and end within words. */
    private boolean hasPhrase(Document document, String phrase) {
        Sensitivity sensitivity = search.sensitivity();
        return !fields.forEach(
                document,
                (text, language, weight) ->
                        !sensitivity
                                .fold(text, language)
                                .contains(sensitivity.fold(phrase, language)));
    }

    /** The sum of what the wanted words score in the document, in the order of words. */
    public double score(Document document) {
        List<TermScores.Term> wanted =
                TermScores.of(document, fields).stream()
                        .filter(term -> search.keys().contains(term.word()))
                        .sorted(Comparator.comparing(TermScores.Term::word))
                        .toList();
        double score = 0;
        for (TermScores.Term term : wanted) {
            score += term.score();
        }
        return score;
    }
}
