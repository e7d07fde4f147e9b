package io.smilodon.query;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operators of one kind: a name and what makes the operator, a row for each. Names are looked
 * up while parsing only. Immutable and thread-safe.
 *
 * @param <T> what a row holds, mostly a factory
 */
public final class OperatorTable<T> {

    private static final int SUGGESTED_EDITS_MAX = 2;
    private static final int SUGGESTED_NAME_CHARS_MAX = 40;

    private final Map<String, T> rows;

    private OperatorTable(Map<String, T> rows) {
        this.rows = Collections.unmodifiableMap(rows);
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    public Optional<T> find(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /**
     * What a request names.
     *
     * @param place where it stands
     * @throws SmilodonException {@code QueryFeatureNotAllowed} (224) if it is forbidden
     */
    public Optional<T> find(String name, Location place) {
        Dialect.check(name, place);
        return find(name);
    }

    public boolean has(String name) {
        return rows.containsKey(name);
    }

    /** Every name, in the order of the rows. */
    public Set<String> names() {
        return rows.keySet();
    }

    /** The name that the writer of an unknown one may have meant, if one is near. */
    public Optional<String> suggest(String name) {
        if (name.length() > SUGGESTED_NAME_CHARS_MAX) {
            return Optional.empty();
        }
        // Half of the letters right, or the suggestion is noise.
        int editsMax = Math.min(SUGGESTED_EDITS_MAX, (name.length() - 1) / 2);
        return rows.keySet().stream()
                .map(known -> new Candidate(known, EditDistance.between(known, name)))
                .filter(candidate -> candidate.edits <= editsMax)
                .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** The error about an unknown name, with a hint if a known name is near. */
    public SmilodonException withSuggestion(SmilodonException error, String unknownName) {
        return suggest(unknownName)
                .map(known -> error.withHint("did you mean " + known + "?"))
                .orElse(error);
    }

    private record Candidate(String name, int edits) {}

    /** Collects the rows of a table. */
    public static final class Builder<T> {

        private final Map<String, T> rows = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a row.
         *
         * @throws IllegalArgumentException if the table has the name already
         */
        public Builder<T> add(String name, T row) {
            if (rows.putIfAbsent(name, row) != null) {
                throw new IllegalArgumentException("two rows for " + name);
            }
            return this;
        }

        public OperatorTable<T> build() {
            return new OperatorTable<>(new LinkedHashMap<>(rows));
        }
    }
}
