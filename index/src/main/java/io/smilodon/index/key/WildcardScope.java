package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields a wildcard index holds: those below some paths, or all but those. Without a word
 * about {@code _id}, all do not include it. Immutable and thread-safe.
 *
 * @param paths the paths that are named
 * @param areIncluded whether they alone are indexed, or all others
 */
public record WildcardScope(Set<String> paths, boolean areIncluded) {

    private static final String ID = "_id";
    private static final ErrorCode EXCLUDED_AMONG_INCLUDED = ErrorCode.location(31254);
    private static final ErrorCode INCLUDED_AMONG_EXCLUDED = ErrorCode.location(31253);

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
     * @throws SmilodonException 2 for an empty one, 31253 and 31254 for one that includes and
     *     excludes, 14 for values that do neither
     */
    public static WildcardScope parse(Document projection, Location location) {
        Reading reading = new Reading(location);
        reading.fields("", projection);
        if (reading.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The 'wildcardProjection' field can't be an empty object")
                    .at(location);
        }
        return reading.scope();
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

    /** Reads a projection. Not thread-safe. */
    private static final class Reading {

        private final Location location;
        private final Set<String> included = new TreeSet<>();
        private final Set<String> excluded = new TreeSet<>();
        private boolean saysId;
        private boolean includesId;

        Reading(Location location) {
            this.location = location;
        }

        void fields(String prefix, Document document) {
            for (Field field : document) {
                String path = prefix + field.name();
                if (field.value() instanceof Document inner && !inner.isEmpty()) {
                    fields(path + ".", inner);
                } else {
                    add(path, isIncluded(path, field.value()));
                }
            }
        }

        private boolean isIncluded(String path, Value value) {
            return switch (value) {
                case BooleanValue flag -> flag.value();
                case NumberValue number -> number.toDouble() != 0;
                case Value other ->
                        throw new SmilodonException(
                                        ErrorCode.TYPE_MISMATCH,
                                        "A wildcardProjection includes or excludes fields",
                                        Map.of("field", path, "actual", other.type().alias()))
                                .at(location.child(path));
            };
        }

        private void add(String path, boolean isIncluded) {
            if (path.equals(ID)) {
                saysId = true;
                includesId = isIncluded;
                return;
            }
            (isIncluded ? included : excluded).add(path);
            if (!included.isEmpty() && !excluded.isEmpty()) {
                throw new SmilodonException(
                                isIncluded ? INCLUDED_AMONG_EXCLUDED : EXCLUDED_AMONG_INCLUDED,
                                "A wildcardProjection cannot both include and exclude fields",
                                Map.of("field", path))
                        .at(location.child(path));
            }
        }

        boolean isEmpty() {
            return included.isEmpty() && excluded.isEmpty() && !saysId;
        }

        /** Naming only {@code _id} includes it alone, or excludes it alone. */
        WildcardScope scope() {
            boolean onlyIncludes = excluded.isEmpty() && (!included.isEmpty() || includesId);
            Set<String> named = new TreeSet<>(onlyIncludes ? included : excluded);
            if (includesId == onlyIncludes) {
                named.add(ID);
            }
            return new WildcardScope(named, onlyIncludes);
        }
    }
}
