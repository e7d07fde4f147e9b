package io.smilodon.index.text.search;

import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.Query;

/**
 * How far a term may be from what is searched for.
 *
 * @param maxEdits characters that differ
 * @param prefixLength characters at the beginning that do not
 * @param maxExpansions how many different terms may match
 */
record Fuzzy(int maxEdits, int prefixLength, int maxExpansions) {

    private static final int EXPANSIONS_MAX = 1_000;
    private static final int TERM_CHARS_MAX = 255;

    static Optional<Fuzzy> parse(Options operator) {
        return operator.optionalObject("fuzzy").map(Fuzzy::of);
    }

    private static Fuzzy of(Options options) {
        options.only("maxEdits", "prefixLength", "maxExpansions");
        return new Fuzzy(
                options.count("maxEdits", 2, 1, 2),
                options.count("prefixLength", 0, 0, Integer.MAX_VALUE),
                options.count("maxExpansions", 50, 1, EXPANSIONS_MAX));
    }

    Query query(Term term) {
        // The automaton of a very long term would be large; nobody mistypes those.
        int edits = term.text().length() > TERM_CHARS_MAX ? 0 : maxEdits;
        return new FuzzyQuery(term, edits, prefixLength, maxExpansions, true);
    }
}
