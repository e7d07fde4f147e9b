package io.smilodon.index.key;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which fields a wildcard index holds: those below some paths, or all but those. Without a word
 * about {@code _id}, all do not include it. Immutable and thread-safe.
 *
 * @param paths the paths that are named
 * @param areIncluded whether they alone are indexed, or all others
 */
public record WildcardScope(NavigableSet<String> paths, boolean areIncluded) {

    private static final String ID = "_id";

    public WildcardScope {
        paths = Collections.unmodifiableNavigableSet(new TreeSet<>(paths));
    }

    /** The scope of the key {@code path.$**}, or {@code $**}. */
    public static WildcardScope of(FieldPath wildcard) {
        return wildcard.length() == 1
                ? new WildcardScope(only(ID), false)
                : new WildcardScope(only(wildcard.prefix(wildcard.length() - 1).dotted()), true);
    }

    /**
     * The scope of a {@code wildcardProjection}.
     *
     * @param pattern of the index
     * @throws SmilodonException 9 for an empty one, 31253 and 31254 for one that includes and
     *     excludes, 51271 for values that do neither; beside other fields 7246200 for paths that
     *     overlap, 7246208 to 7246211 for one that includes them or does not exclude them
     */
    public static WildcardScope parse(Document projection, KeyPattern pattern, Location location) {
        WildcardProjection read = WildcardProjection.read(projection, location);
        if (pattern.length() > 1) {
            read.checkBeside(pattern);
        } else {
            read.checkAlone();
        }
        return read.scope();
    }

    private static NavigableSet<String> only(String path) {
        return new TreeSet<>(List.of(path));
    }

    /** Whether fields at the path are indexed. */
    public boolean holds(String path) {
        return isNamed(path) == areIncluded;
    }

    /** Whether all fields at the path and below it are indexed. */
    public boolean holdsAllBelow(String path) {
        return holds(path) && (areIncluded || !hasNamedBelow(path));
    }

    /** Whether a field at the path or below it may be indexed. */
    boolean mayHold(String path) {
        return areIncluded ? isNamed(path) || hasNamedBelow(path) : holds(path);
    }

    /** Whether the path, or one above it, is named. */
    private boolean isNamed(String path) {
        for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return paths.contains(path);
    }

    private boolean hasNamedBelow(String path) {
        String first = paths.ceiling(path + ".");
        return first != null && first.startsWith(path + ".");
    }
}
