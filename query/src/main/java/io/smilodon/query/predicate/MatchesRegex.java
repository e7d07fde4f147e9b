package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.query.predicate.regex.LiteralPrefix;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.List;

/**
 * {@code {field: /pattern/}} and {@code {field: {$regex: ...}}}: strings with a match in them; also
 * the same regular expression as a stored value. Matching ignores collations.
 *
 * @param isCollated whether there is a collation, so that index keys do not tell how a string
 *     begins
 */
public record MatchesRegex(RegexMatcher matcher, boolean isCollated) implements ValueTest {

    /** The test without a collation. */
    public MatchesRegex(RegexMatcher matcher) {
        this(matcher, false);
    }

    @Override
    public MatchesRegex under(ValueOrder order) {
        return new MatchesRegex(matcher, !order.isSimple());
    }

    /** The regular expression as a value. */
    public RegexValue regex() {
        return new RegexValue(matcher.pattern(), matcher.options());
    }

    @Override
    public boolean test(Value value) {
        return switch (value) {
            case StringValue string -> matcher.isFoundIn(string.value());
            case SymbolValue symbol -> matcher.isFoundIn(symbol.value());
            case RegexValue stored -> stored.equals(regex());
            default -> false;
        };
    }

    @Override
    public List<Interval> intervals() {
        return List.of(
                isCollated ? Interval.ofRank(TypeRank.STRING) : startingWith(matcher.prefix()),
                Interval.point(regex()));
    }

    /** The index keys of the strings that begin so. */
    static Interval startingWith(LiteralPrefix prefix) {
        if (prefix.text().isEmpty()) {
            return Interval.ofRank(TypeRank.STRING);
        }
        Value low = Value.of(prefix.text());
        return prefix.successor()
                .map(next -> new Interval(low, true, Value.of(next), false))
                .orElse(Interval.above(low, true));
    }

    @Override
    public boolean isOfListedValues() {
        return true;
    }

    @Override
    public boolean isExact() {
        return !isCollated && matcher.prefix().isWhole();
    }

    @Override
    public Document toDocument() {
        DocumentBuilder operators = Document.builder().put("$regex", matcher.pattern());
        if (!matcher.options().isEmpty()) {
            operators.put("$options", matcher.options());
        }
        return operators.build();
    }
}
