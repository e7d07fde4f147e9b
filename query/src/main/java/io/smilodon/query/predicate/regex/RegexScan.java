package io.smilodon.query.predicate.regex;

import java.util.Optional;

/**
 * The search for one match after the other in a text. The steps of all are limited together:
 * otherwise a pattern that looks far ahead for each of many matches takes the square of the text's
 * length. Not thread-safe.
 */
public interface RegexScan {

    /**
     * The first match at or after an index.
     *
     * @param from an index of the text, or its length
     * @throws io.smilodon.engine.error.SmilodonException 51156 if the search takes too many steps
     */
    Optional<RegexMatch> find(int from);
}
