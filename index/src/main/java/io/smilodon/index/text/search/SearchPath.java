package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where an operator looks: paths, with a wildcard or an analyzer perhaps. Immutable.
 *
 * @param parts each of them
 */
record SearchPath(List<Part> parts) {

    private static final String WILDCARD = "wildcard";

    /**
     * One path.
     *
     * @param path with {@code *} for any characters if it is a wildcard
     * @param multi the name of another analyzer; empty for that of the field
     */
    record Part(String path, String multi, boolean isWildcard) {}

    SearchPath {
        parts = List.copyOf(parts);
    }

    static SearchPath parse(Options operator) {
        return parse(operator.required("path"), operator.at("path"));
    }

    static SearchPath parse(Value written, Location place) {
        List<Part> parts = new ArrayList<>();
        if (written instanceof ArrayValue several) {
            for (Value one : several) {
                parts.add(part(one, place.child(parts.size())));
            }
        } else {
            parts.add(part(written, place));
        }
        if (parts.isEmpty()) {
            throw Options.error("An array of a search is empty", java.util.Map.of(), place);
        }
        return new SearchPath(parts);
    }

    private static Part part(Value written, Location place) {
        if (written instanceof StringValue path) {
            return new Part(path.value(), "", false);
        }
        if (!(written instanceof Document fields)) {
            throw Options.wrongType(written, "string or object", place);
        }
        Options options = new Options(fields, place);
        if (options.has(WILDCARD)) {
            options.only(WILDCARD);
            return new Part(options.text(WILDCARD), "", true);
        }
        options.only("value", "multi");
        return new Part(options.text("value"), options.text("multi", ""), false);
    }

    /** Lucene's fields of words at these paths. */
    Collection<String> words(SearchContext context) {
        Set<String> found = new LinkedHashSet<>();
        for (Part part : parts) {
            if (!part.isWildcard && part.multi.isEmpty()) {
                found.add(FieldNames.words(context.path(part.path)));
            } else if (!part.isWildcard) {
                found.add(FieldNames.words(context.path(part.path), part.multi));
            } else {
                context.fields().stream()
                        .filter(FieldNames::isWords)
                        .filter(field -> FieldNames.multi(field).isEmpty())
                        .filter(field -> context.holds(FieldNames.path(field)))
                        .filter(field -> matches(part.path, written(field)))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String written(String field) {
        return FieldNames.written(FieldNames.path(field));
    }

    /** Whether a path is one of these. */
    boolean contains(String path) {
        return parts.stream()
                .anyMatch(
                        part ->
                                part.isWildcard
                                        ? matches(part.path, path)
                                        : part.path.equals(path));
    }

    /** The paths as they are, where wildcards have no meaning. */
    List<String> plain(Location place) {
        List<String> paths = new ArrayList<>();
        for (Part part : parts) {
            if (part.isWildcard || !part.multi.isEmpty()) {
                throw Options.error(
                        "The operator takes neither wildcards nor analyzers in paths",
                        java.util.Map.of("path", part.path),
                        place);
            }
            paths.add(part.path);
        }
        return paths;
    }

    /** Whether a text is as the pattern says, of which each {@code *} is any characters. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
