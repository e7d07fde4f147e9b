package io.smilodon.query.predicate.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a regular expression matches.
 *
 * @param start index of the first character
 * @param end index after the last one
 * @param groups the captured texts, from the first group on; empty where a group took no part
 */
public record RegexMatch(int start, int end, List<Optional<String>> groups) {

    public RegexMatch {
        groups = List.copyOf(groups);
    }

    static Optional<RegexMatch> first(com.google.re2j.Matcher matcher, int from) {
        if (!matcher.find(from)) {
            return Optional.empty();
        }
        List<Optional<String>> groups = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            groups.add(Optional.ofNullable(matcher.group(group)));
        }
        return Optional.of(new RegexMatch(matcher.start(), matcher.end(), groups));
    }

    static Optional<RegexMatch> first(BoundedPattern.BoundedMatcher matcher, int from) {
        return matcher.find(from) ? Optional.of(matcher.match()) : Optional.empty();
    }
}
