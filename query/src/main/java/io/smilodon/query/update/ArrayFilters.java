package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The filters that {@code $[name]} in the paths of an update refers to, each under the one name
 * that its fields begin with. Remembers which of them are used. Not thread-safe: lives while an
 * update is parsed.
 */
final class ArrayFilters {

    private static final ArrayFilters NONE = new ArrayFilters(Location.ROOT);
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");

    private final Map<String, Predicate> filters = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Location location;

    private ArrayFilters(Location location) {
        this.location = location;
    }

    /** No filters. */
    static ArrayFilters none() {
        return NONE;
    }

    /**
     * Reads filters.
     *
     * @throws SmilodonException 9 for a filter without exactly one name, or two with the same; 2
     *     for a name that cannot be one; and whatever is wrong in a filter
     */
    static ArrayFilters parse(List<Document> written, Location location) {
        if (written.isEmpty()) {
            return NONE;
        }
        ArrayFilters filters = new ArrayFilters(location);
        for (int i = 0; i < written.size(); i++) {
            Location place = location.child(i);
            Predicate filter = PredicateParser.parseForElements(written.get(i), place);
            String name = nameOf(filter, place);
            if (filters.filters.put(name, filter) != null) {
                throw error(
                        "Found multiple array filters with the same top-level field name",
                        Map.of("name", name),
                        place);
            }
        }
        return filters;
    }

    private static String nameOf(Predicate filter, Location place) {
        Set<String> names = new LinkedHashSet<>();
        collectNames(filter, names);
        if (names.isEmpty()) {
            throw error(
                    "Cannot use an expression without a top-level field name in arrayFilters",
                    Map.of(),
                    place);
        }
        if (names.size() > 1) {
            throw error(
                    "Error parsing array filter: Expected a single top-level field name",
                    Map.of("found", List.copyOf(names)),
                    place);
        }
        String name = names.iterator().next();
        if (!NAME.matcher(name).matches()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The top-level field name must be an alphanumeric string beginning with"
                                    + " a lowercase letter",
                            Map.of("found", name))
                    .at(place);
        }
        return name;
    }

    private static void collectNames(Predicate filter, Set<String> names) {
        switch (filter) {
            case Predicate.And and -> and.children().forEach(child -> collectNames(child, names));
            case Predicate.Or or -> or.children().forEach(child -> collectNames(child, names));
            case Predicate.Not not -> collectNames(not.child(), names);
            case Predicate.At at -> names.add(at.path().first());
            case Predicate.Whole whole -> {
                // It names no field: neither does the next.
            }
            case Predicate.Computed computed -> {
                // Elements are no documents for expressions: the parser has refused it.
            }
        }
    }

    /** The filter of this name, which counts as used from now on. */
    Predicate use(String name, String path, Location place) {
        Predicate filter = filters.get(name);
        if (filter == null) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "No array filter found for the identifier in the path",
                            Map.of("identifier", name, "path", path))
                    .at(place)
                    .withHint("add {" + name + ": ...} to arrayFilters");
        }
        used.add(name);
        return filter;
    }

    /** Refuses filters that no path refers to. */
    void requireAllUsed() {
        int index = 0;
        for (String name : filters.keySet()) {
            if (!used.contains(name)) {
                throw error(
                        "The array filter for the identifier was not used in the update",
                        Map.of("identifier", name),
                        location.child(index));
            }
            index++;
        }
    }

    private static SmilodonException error(String text, Map<String, ?> details, Location place) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text, details).at(place);
    }
}
