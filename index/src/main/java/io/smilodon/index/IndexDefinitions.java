package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ValueText;
import io.smilodon.index.key.PartKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which indexes may stand side by side in one collection. */
public final class IndexDefinitions {

    private IndexDefinitions() {}

    /**
     * Whether the index has to be built: false if it is there already. The same key may be indexed
     * again if it differs in {@code unique}, {@code sparse}, {@code partialFilterExpression},
     * {@code collation} or an option of its type.
     *
     * @param wanted without regard to its id
     * @param existing the indexes of the collection, with or without that on {@code _id}
     * @throws SmilodonException 85 if the index exists under another name or with another {@code
     *     expireAfterSeconds} or {@code storageEngine}, 86 if its name belongs to another index, 67
     *     if the collection has its {@value IndexDefinition#INDEXES_MAX}, or another text index
     */
    public static boolean isNew(IndexDefinition wanted, List<IndexDefinition> existing) {
        if (wanted.isOnId()) {
            return false;
        }
        for (IndexDefinition other : existing) {
            if (other.name().equals(wanted.name())) {
                if (isSameIndex(wanted, other)) {
                    requireSameOptions(wanted, other, "the same name but");
                    return false;
                }
                throw conflict(
                        ErrorCode.INDEX_KEY_SPECS_CONFLICT,
                        "An existing index has the same name as the requested index. When index"
                                + " names are not specified, they are auto generated and can cause"
                                + " conflicts.",
                        wanted,
                        other);
            }
        }
        for (IndexDefinition other : existing) {
            if (isSameIndex(wanted, other)) {
                requireSameOptions(wanted, other, "a different name and");
                throw conflict(
                        ErrorCode.INDEX_OPTIONS_CONFLICT,
                        "Index already exists with a different name",
                        wanted,
                        other);
            }
        }
        checkOneOfWords(wanted, existing);
        checkCount(existing);
        return true;
    }

    /** What {@code $text} asks must not depend on which index answers. */
    private static void checkOneOfWords(IndexDefinition wanted, List<IndexDefinition> existing) {
        if (wanted.pattern().kind() != PartKind.TEXT) {
            return;
        }
        for (IndexDefinition other : existing) {
            if (other.pattern().kind() == PartKind.TEXT) {
                throw conflict(
                        ErrorCode.CANNOT_CREATE_INDEX,
                        "only one text index per collection allowed",
                        wanted,
                        other);
            }
        }
    }

    private static boolean isSameIndex(IndexDefinition left, IndexDefinition right) {
        return left.pattern().equals(right.pattern()) && sameEntries(left, right);
    }

    private static boolean sameEntries(IndexDefinition left, IndexDefinition right) {
        return lasting(left.options()).equals(lasting(right.options()));
    }

    /** Being hidden, when documents expire and what engines are told changes no entry. */
    private static IndexOptions lasting(IndexOptions options) {
        return options.withHidden(false)
                .withExpireAfterSeconds(Optional.empty())
                .withStorageEngine(Optional.empty());
    }

    private static void requireSameOptions(
            IndexDefinition wanted, IndexDefinition other, String what) {
        IndexOptions options = wanted.options().withHidden(false);
        if (!options.equals(other.options().withHidden(false))) {
            throw conflict(
                            ErrorCode.INDEX_OPTIONS_CONFLICT,
                            "An equivalent index already exists with "
                                    + what
                                    + " different options",
                            wanted,
                            other)
                    .withHint("collMod changes expireAfterSeconds of an index");
        }
    }

    private static void checkCount(List<IndexDefinition> existing) {
        long others = existing.stream().filter(definition -> !definition.isOnId()).count();
        if (others + 1 >= IndexDefinition.INDEXES_MAX) {
            throw new SmilodonException(
                    ErrorCode.CANNOT_CREATE_INDEX,
                    "add index fails, too many indexes",
                    Map.of("indexesMax", IndexDefinition.INDEXES_MAX));
        }
    }

    private static SmilodonException conflict(
            ErrorCode code, String template, IndexDefinition wanted, IndexDefinition other) {
        return new SmilodonException(
                code, template, Map.of("requested", describe(wanted), "existing", describe(other)));
    }

    private static String describe(IndexDefinition definition) {
        return ValueText.of(definition.toSpecification());
    }
}
