package io.smilodon.index.text;

import io.smilodon.engine.value.Document;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What each word of a document scores. MongoDB's formula, of the document alone: in each field a
 * word counts 1 the first time, and each further time half of the time before; that is weighed by
 * {@code 0.5 + 0.5 · its share of the field's words}, by the field's weight, and by 1.1 if the word
 * is all of the field. Not thread-safe.
 */
final class TermScores {

    private final Map<TextLanguage, Words> words = new EnumMap<>(TextLanguage.class);
    private final NavigableMap<String, Double> scores = new TreeMap<>();

    /** How often a word occurs in a field, and what that counts. */
    private static final class Occurrences {
        private int count;
        private double frequency;
        private double next = 1;

        void add() {
            count++;
            frequency += next;
            next /= 2;
        }
    }

    /** The scores by word. */
    static NavigableMap<String, Double> of(Document document, TextFields fields) {
        TermScores found = new TermScores();
        fields.forEach(document, found::add);
        return found.scores;
    }

    private boolean add(String text, TextLanguage language, int weight) {
        Map<String, Occurrences> occurrences = new HashMap<>();
        int[] total = {0};
        words.computeIfAbsent(language, same -> new Words(same, Sensitivity.NONE))
                .forEach(
                        text,
                        term -> {
                            occurrences.computeIfAbsent(term, same -> new Occurrences()).add();
                            total[0]++;
                        });
        occurrences.forEach(
                (term, found) -> {
                    double share = 0.5 * found.count / total[0] + 0.5;
                    double boost = text.equalsIgnoreCase(term) ? 1.1 : 1;
                    scores.merge(term, weight * found.frequency * share * boost, Double::sum);
                });
        return true;
    }
}
