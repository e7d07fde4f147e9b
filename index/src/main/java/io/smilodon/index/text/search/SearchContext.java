package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a query is made for.
 *
 * @param mapping how documents are indexed
 * @param fields the names of Lucene's fields in the index
 */
record SearchContext(Mapping mapping, Set<String> fields) {

    SearchContext {
        fields = Set.copyOf(fields);
    }

    /** How one of Lucene's fields of words is indexed; empty if it is not. */
    Optional<StringType> words(String field) {
        for (FieldType type : mapping.typesAt(FieldNames.path(field))) {
            if (type instanceof StringType words) {
                String multi = FieldNames.multi(field);
                Map<String, StringType> others = words.multi();
                return multi.isEmpty()
                        ? Optional.of(words)
                        : Optional.ofNullable(others.get(multi));
            }
        }
        return Optional.empty();
    }

    /** How beginnings of words at a path are indexed; empty if they are not. */
    Optional<AutocompleteType> beginnings(String path) {
        return mapping.typesAt(path).stream()
                .filter(type -> type instanceof AutocompleteType)
                .map(type -> (AutocompleteType) type)
                .findFirst();
    }

    /** How vectors at a path are indexed; empty if they are not. */
    Optional<VectorType> vectors(String path) {
        return mapping.typesAt(path).stream()
                .filter(type -> type instanceof VectorType)
                .map(type -> (VectorType) type)
                .findFirst();
    }

    /**
     * Requires a way in which a path must be indexed for what is asked.
     *
     * @param text MongoDB's words, which its tools look for
     * @throws SmilodonException 8
     */
    void require(String path, Predicate<FieldType> way, String text) {
        if (mapping.typesAt(path).stream().noneMatch(way)) {
            throw Options.error(text, Map.of("path", path), Location.ROOT);
        }
    }

    /** Whether strings at a path are indexed in lower case only. */
    boolean isLowercase(String path) {
        return mapping.typesAt(path).contains(KeyType.LOWERCASE_TOKEN);
    }
}
