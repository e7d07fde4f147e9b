package io.smilodon.index.key;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import java.util.Set;

/**
 * Which fields a wildcard index holds: those below some paths, or all but those. Without a word
 * about {@code _id}, all do not include it. Immutable and thread-safe.
 *
 * @param paths the paths that are named
 * @param areIncluded whether they alone are indexed, or all others
 */
public record WildcardScope(Set<String> paths, boolean areIncluded) {

    private static final String ID = "_id";

    public WildcardScope {
        paths = Set.copyOf(paths);
    }

    /** The scope of the key {@code path.$**}, or {@code $**}. */
    public static WildcardScope of(FieldPath wildcard) {
        return wildcard.length() == 1
                ? new WildcardScope(Set.of(ID), false)
                : new WildcardScope(Set.of(wildcard.prefix(wildcard.length() - 1).dotted()), true);
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

    /** Whether fields at the path are indexed. */
    public boolean holds(String path) {
        boolean isNamed = paths.stream().anyMatch(named -> isAtOrBelow(path, named));
        return isNamed == areIncluded;
    }

    /** Whether all fields at the path and below it are indexed. */
    public boolean holdsAllBelow(String path) {
        return holds(path) && (areIncluded || paths.stream().noneMatch(n -> isAtOrBelow(n, path)));
    }

    /** Whether a field at the path or below it may be indexed. */
    boolean mayHold(String path) {
        return areIncluded
                ? paths.stream().anyMatch(n -> isAtOrBelow(path, n) || isAtOrBelow(n, path))
                : holds(path);
    }

    private static boolean isAtOrBelow(String path, String ancestor) {
        return path.startsWith(ancestor)
                && (path.length() == ancestor.length() || path.charAt(ancestor.length()) == '.');
    }
}
