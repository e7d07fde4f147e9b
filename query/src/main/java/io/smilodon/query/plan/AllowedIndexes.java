package io.smilodon.query.plan;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Which indexes a plan may read, where an administrator has said so. The index on {@code _id} is
 * one like the others, but one {@code _id} is always looked up. Immutable.
 *
 * @param named names and key patterns of indexes, and {@code {$natural: ±1}}; which there need not
 *     be
 * @param origin who says so
 */
public record AllowedIndexes(List<Value> named, Origin origin) {

    /** Who leaves indexes out. */
    public enum Origin {
        /** Nobody does. */
        NOBODY,
        /** An index filter: if no index is left that serves, all documents are read. */
        FILTER,
        /** Query settings: if no index is left that serves, they have no effect. */
        SETTINGS
    }

    /** All indexes. */
    public static final AllowedIndexes ALL = new AllowedIndexes(List.of(), Origin.NOBODY);

    public AllowedIndexes {
        named = List.copyOf(named);
    }

    public boolean areAll() {
        return origin == Origin.NOBODY;
    }

    /** Whether it is an index filter that says so. */
    public boolean areFiltered() {
        return origin == Origin.FILTER;
    }

    /** Whether an index may be read. */
    boolean allow(IndexDefinition index) {
        return areAll() || named.stream().anyMatch(name -> isOf(name, index));
    }

    private static boolean isOf(Value name, IndexDefinition index) {
        return switch (name) {
            case StringValue text -> text.value().equals(index.name());
            case Document pattern ->
                    ValueOrder.ASCENDING.compare(pattern, index.pattern().toDocument()) == 0;
            default -> false;
        };
    }

    /** The direction in which all documents may be read, if settings name one. */
    public Optional<Hint> scan() {
        return named.stream()
                .filter(name -> name instanceof Document pattern && pattern.has(Hint.NATURAL))
                .map(Hint::parse)
                .findFirst();
    }
}
