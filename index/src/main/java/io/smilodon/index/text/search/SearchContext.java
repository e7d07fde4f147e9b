package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a query is made for.
 *
 * @param mapping how documents are indexed
 * @param fields the names of Lucene's fields in the index
 * @param scope the path of the embedded documents that are searched; empty for whole documents
 * @param ends which documents embedded ones stand in front of, by scope, as they are asked for
 */
record SearchContext(
        Mapping mapping, Set<String> fields, String scope, Map<String, EmbeddedEnds> ends) {

    SearchContext {
        fields = Set.copyOf(fields);
    }

    SearchContext(Mapping mapping, Set<String> fields) {
        this(mapping, fields, "", new HashMap<>());
    }

    /** The same for embedded documents at a path. */
    SearchContext inside(String path) {
        return new SearchContext(mapping, fields, path, ends);
    }

    /** The documents of this scope. */
    EmbeddedEnds around() {
        return ends.computeIfAbsent(
                scope, path -> new EmbeddedEnds(EmbeddedDocuments.around(path)));
    }

    boolean isInside() {
        return !scope.isEmpty();
    }

    /**
     * The path of documents that are embedded in those that are searched.
     *
     * @throws SmilodonException 8 if there are none
     */
    String embedded(String written) {
        Optional<String> way = Optional.empty();
        if (!isInside()) {
            way = mapping.embeddedAt(written);
        } else {
            String inner = path(written).substring(scope.length() + 1);
            for (FieldType type : mapping.typesAt(scope)) {
                if (type instanceof EmbeddedType around) {
                    way = around.fields().embeddedAt(inner).map(rest -> path(rest, scope));
                }
            }
        }
        String text =
                "embeddedDocument requires path '"
                        + written
                        + "' to be indexed as 'embeddedDocuments'";
        return way.orElseThrow(() -> Options.error(text, Map.of("path", written), Location.ROOT));
    }

    private static String path(String inner, String scope) {
        return scope + FieldNames.INSIDE + inner;
    }

    /** Whether a path is one of the documents that are searched, and of none inside of them. */
    boolean holds(String path) {
        int last = path.lastIndexOf(FieldNames.INSIDE);
        return scope.equals(last < 0 ? "" : path.substring(0, last));
    }

    /**
     * Where a path that was written leads to.
     *
     * @throws SmilodonException 8 if that is not inside of the documents that are searched
     */
    String path(String written) {
        if (!isInside()) {
            return written;
        }
        String around = FieldNames.written(scope) + ".";
        if (!written.startsWith(around)) {
            throw Options.error(
                    "The path does not lead into the embedded documents",
                    Map.of("path", written, "expected", around + "..."),
                    Location.ROOT);
        }
        return path(written.substring(around.length()), scope);
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
     * @param path as it was written
     * @param text MongoDB's words, which its tools look for
     * @throws SmilodonException 8
     */
    void require(String path, Predicate<FieldType> way, String text) {
        if (mapping.typesAt(path(path)).stream().noneMatch(way)) {
            throw Options.error(text, Map.of("path", path), Location.ROOT);
        }
    }

    /** Whether strings at a path are indexed in lower case only. */
    boolean isLowercase(String path) {
        return mapping.typesAt(path).contains(KeyType.LOWERCASE_TOKEN);
    }
}
