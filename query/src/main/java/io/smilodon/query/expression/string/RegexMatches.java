package io.smilodon.query.expression.string;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.regex.RegexMatch;
import io.smilodon.query.predicate.regex.RegexScan;
import java.util.List;
import java.util.Optional;

/**
 * The matches of a pattern in a text, one after the other, each as {@code {match, idx, captures}}
 * with the index in code points, and null for a group that took no part. After an empty match the
 * search goes on at the next character; at the end of a text that is not empty none is looked for.
 * Not thread-safe.
 */
final class RegexMatches {

    private final String text;
    private final RegexScan scan;
    private int from;
    private int counted;
    private int codePoints;

    RegexMatches(RegexOperand.Search search) {
        this.text = search.text();
        this.scan = search.matcher().scan(text);
    }

    Optional<Value> next() {
        boolean isOver = from > 0 && from >= text.length() || from > text.length();
        Optional<RegexMatch> match = isOver ? Optional.empty() : scan.find(from);
        from = match.map(this::after).orElse(text.length() + 1);
        return match.map(this::document);
    }

    private int after(RegexMatch match) {
        boolean isEmpty = match.end() == match.start();
        if (!isEmpty) {
            return match.end();
        }
        return match.end() == text.length()
                ? text.length() + 1
                : text.offsetByCodePoints(match.end(), 1);
    }

    private Value document(RegexMatch match) {
        codePoints += text.codePointCount(counted, match.start());
        counted = match.start();
        List<Value> captures = match.groups().stream().map(RegexMatches::capture).toList();
        return Document.builder()
                .put("match", text.substring(match.start(), match.end()))
                .put("idx", codePoints)
                .put("captures", ArrayValue.of(captures))
                .build();
    }

    private static Value capture(Optional<String> group) {
        return group.isPresent() ? Value.of(group.get()) : NullValue.INSTANCE;
    }
}
