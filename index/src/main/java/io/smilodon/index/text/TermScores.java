package io.smilodon.index.text;

import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each word of a document scores. MongoDB's formula, of the document alone: in each field a
 * word counts 1 the first time, and each further time half of the time before; that is weighed by
 * {@code 0.5 + 0.5 · its share of the field's words}, by the field's weight, and by 1.1 if the word
 * is all of the field. Not thread-safe.
 */
final class TermScores {

    /** Room for so many to begin with, as a paragraph has them. */
    private static final int WORDS_EXPECTED = 48;

    private final Map<TextLanguage, Words> words = new EnumMap<>(TextLanguage.class);
    private final Map<String, Term> terms = HashMap.newHashMap(WORDS_EXPECTED);

    /** In the order in which they first came. */
    private final List<Term> found = new ArrayList<>(WORDS_EXPECTED);

    /** Those of the field that is looked at. */
    private final List<Term> inField = new ArrayList<>(WORDS_EXPECTED);

    private int total;

    /** A word of a document. Not thread-safe. */
    static final class Term {

        private final String word;
        private double score;

        /** How often it occurs in the field that is looked at, and what that counts. */
        private int count;

        private double frequency;
        private double next;

        private Term(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        double score() {
            return score;
        }
    }

    /** The words of a document, each once, in the order in which they first come. */
    static List<Term> of(Document document, TextFields fields) {
        TermScores scores = new TermScores();
        fields.forEach(document, scores::add);
        return scores.found;
    }

    private boolean add(String text, TextLanguage language, int weight) {
        words.computeIfAbsent(language, same -> new Words(same, Sensitivity.NONE))
                .forEach(text, this::count);
        for (Term term : inField) {
            double share = 0.5 * term.count / total + 0.5;
            double boost = text.equalsIgnoreCase(term.word) ? 1.1 : 1;
            term.score += weight * term.frequency * share * boost;
            term.count = 0;
        }
        inField.clear();
        total = 0;
        return true;
    }

    private void count(String word) {
        Term term = terms.get(word);
        if (term == null) {
            term = new Term(word);
            terms.put(word, term);
            found.add(term);
        }
        if (term.count == 0) {
            inField.add(term);
            term.frequency = 0;
            term.next = 1;
        }
        term.count++;
        term.frequency += term.next;
        term.next /= 2;
        total++;
    }
}
