package io.smilodon.index.text.search;

import java.util.Map;

/**
 * The names of Lucene's fields: a letter for what stands in them, and the path.
 *
 * <pre>
 * s:path          the words of strings
 * s:path NUL name the same by one more analyzer
 * a:path          the beginnings of words, for autocomplete
 * k:path          values as keys, which sort like the values: exact matches, ranges, sorts, facets
 * n:path          numbers, d:path dates, as doubles: distances and functions
 * v:path          vectors
 * p:path          points, as Lucene's points and doc values
 * g:path          shapes, as triangles
 * e               every path that has a value
 * $embedded       the paths of documents inside of others
 * </pre>
 */
final class FieldNames {

    static final String EXISTING = "e";

    /** Stands in a path before what is inside of an embedded document, in the place of a dot. */
    static final char INSIDE = '\1';

    private static final char MULTI = '\0';

    private static final Map<Character, String> KINDS =
            Map.of(
                    's', "words",
                    'a', "beginnings",
                    'k', "values",
                    'n', "numbers",
                    'd', "dates",
                    'v', "vectors",
                    'p', "points",
                    'g', "shapes",
                    'e', "existing paths",
                    '$', "embedded documents");

    private FieldNames() {}

    static String words(String path) {
        return "s:" + path;
    }

    static String words(String path, String multi) {
        return "s:" + path + MULTI + multi;
    }

    static String beginnings(String path) {
        return "a:" + path;
    }

    static String keys(String path) {
        return "k:" + path;
    }

    static String numbers(String path) {
        return "n:" + path;
    }

    static String dates(String path) {
        return "d:" + path;
    }

    static String vectors(String path) {
        return "v:" + path;
    }

    static String points(String path) {
        return "p:" + path;
    }

    static String shapes(String path) {
        return "g:" + path;
    }

    /** The path of one of these names, without the name of an analyzer. */
    static String path(String field) {
        int end = field.indexOf(MULTI);
        return field.substring(Math.min(2, field.length()), end < 0 ? field.length() : end);
    }

    /** The name of the analyzer in it; empty if there is none. */
    static String multi(String field) {
        int end = field.indexOf(MULTI);
        return end < 0 ? "" : field.substring(end + 1);
    }

    /** A path as users write it. */
    static String written(String path) {
        return path.replace(INSIDE, '.');
    }

    /** What stands in a field, in words. */
    static String kind(String field) {
        return KINDS.get(field.charAt(0));
    }

    static boolean isKeys(String field) {
        return field.startsWith("k:");
    }

    static boolean isWords(String field) {
        return field.startsWith("s:");
    }

    static boolean isBeginnings(String field) {
        return field.startsWith("a:");
    }
}
