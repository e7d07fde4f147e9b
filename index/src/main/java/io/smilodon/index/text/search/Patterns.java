package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** Regular expressions in Lucene's syntax, which run in linear time. */
final class Patterns {

    /** The parser of Lucene calls itself for what is nested. */
    static final int CHARS_MAX = 1_000;

    private Patterns() {}

    static Automaton parse(String pattern, Location location) {
        if (pattern.length() > CHARS_MAX) {
            throw Options.error(
                    "A pattern of a search is too long",
                    Map.of("max", CHARS_MAX, "actual", pattern.length()),
                    location);
        }
        try {
            Automaton automaton = new RegExp(pattern, RegExp.NONE).toAutomaton();
            return Operations.determinize(automaton, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        } catch (TooComplexToDeterminizeException tooMuch) {
            throw Options.error(
                    "A pattern of a search is too complex", Map.of("pattern", pattern), location);
        } catch (IllegalArgumentException invalid) {
            throw Options.error(
                    "A pattern of a search is not valid",
                    Map.of("pattern", pattern, "reason", invalid.getMessage()),
                    location);
        }
    }
}
