package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.query.predicate.regex.LiteralPrefix;
import java.util.List;

/**
 * {@code {field: {$beginsWith: prefix}}}: strings that begin so, case and all. CouchDB's operator;
 * its strings are one range of an index.
 *
 * @param prefix whole characters only, so that the order of strings and this test agree
 * @param isCollated whether there is a collation, which this test ignores, but index keys do not
 */
public record BeginsWith(String prefix, boolean isCollated) implements ValueTest {

    /** The test without a collation. */
    public BeginsWith(String prefix) {
        this(prefix, false);
    }

    @Override
    public ValueTest under(ValueOrder order) {
        return new BeginsWith(prefix, !order.isSimple());
    }

    @Override
    public boolean test(Value value) {
        return switch (value) {
            case StringValue string -> string.value().startsWith(prefix);
            case SymbolValue symbol -> symbol.value().startsWith(prefix);
            default -> false;
        };
    }

    @Override
    public List<Interval> intervals() {
        return List.of(
                isCollated
                        ? Interval.ofRank(TypeRank.STRING)
                        : MatchesRegex.startingWith(new LiteralPrefix(prefix, true)));
    }

    @Override
    public boolean isExact() {
        return !isCollated;
    }

    @Override
    public Document toDocument() {
        return Document.of("$beginsWith", Value.of(prefix));
    }
}
