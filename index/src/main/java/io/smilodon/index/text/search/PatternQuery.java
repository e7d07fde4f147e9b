package io.smilodon.index.text.search;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.util.automaton.Automaton;

/** Terms that an automaton accepts; knows the pattern that the automaton was made of. */
final class PatternQuery extends AutomatonQuery {

    /**
     * @param pattern as it was written, with the field
     */
    PatternQuery(Term pattern, Automaton automaton) {
        super(pattern, automaton);
    }

    Term pattern() {
        return term;
    }
}
