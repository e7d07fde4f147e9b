package io.smilodon.query.predicate.schema;

import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.List;
import java.util.Set;

/**
 * The properties that a schema speaks of.
 *
 * @param names those it names
 * @param patterns those whose names have one of these
 */
record KnownProperties(Set<String> names, List<RegexMatcher> patterns) {

    KnownProperties {
        names = Set.copyOf(names);
        patterns = List.copyOf(patterns);
    }

    boolean isAdditional(String name) {
        return !names.contains(name)
                && patterns.stream().noneMatch(pattern -> pattern.isFoundIn(name));
    }
}
