package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.sort.SortPattern;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which parts of a document somebody will look at. A field that a stage overwrites counts too:
 * where it stands decides where the new one stands.
 *
 * @param isWhole whether it is any of them
 * @param paths the parts, if not; none lies below another, and behind the first step none is a
 *     number, which might mean an element
 * @param inOrder whether the order of their fields counts, because documents that are made of
 *     several parts are compared, or handed to somebody who may do so
 */
public record NeededFields(boolean isWhole, Set<FieldPath> paths, boolean inOrder) {

    /** The whole document. */
    public static final NeededFields ALL = new NeededFields(true, Set.of(), true);

    /** The whole document, which is returned: in which order its fields come decides nothing. */
    public static final NeededFields RESULT = new NeededFields(true, Set.of(), false);

    /** No field: only how many documents there are. */
    public static final NeededFields NONE = new NeededFields(false, Set.of(), false);

    public NeededFields {
        paths = outermost(paths);
        inOrder = inOrder && (isWhole || paths.size() > 1);
    }

    /** These parts, each looked at by itself. */
    static NeededFields of(Collection<FieldPath> paths) {
        return new NeededFields(false, Set.copyOf(paths), false);
    }

    static NeededFields of(FieldPath path) {
        return of(List.of(path));
    }

    /** These parts. Empty stands for the whole document. */
    public static NeededFields ofPaths(Optional<Set<FieldPath>> paths) {
        return paths.map(NeededFields::of).orElse(ALL);
    }

    /** What is sorted by. */
    static NeededFields of(SortPattern pattern) {
        return of(pattern.parts().stream().map(part -> part.path()).collect(Collectors.toSet()));
    }

    /** The same set, where nothing is to be changed: that is the rule. */
    private static Set<FieldPath> outermost(Set<FieldPath> paths) {
        boolean isPlain = paths.stream().noneMatch(NeededFields::hasNumber);
        if (isPlain && areApart(paths)) {
            return Set.copyOf(paths);
        }
        Set<FieldPath> named = new HashSet<>();
        paths.forEach(path -> named.add(beforeNumbers(path)));
        return named.stream()
                .filter(path -> !hasOuter(named, path))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean hasNumber(FieldPath path) {
        return beforeNumbers(path) != path;
    }

    private static boolean areApart(Set<FieldPath> paths) {
        for (FieldPath path : paths) {
            if (path.length() > 1 && hasOuter(paths, path)) {
                return false;
            }
        }
        return true;
    }

    private static FieldPath beforeNumbers(FieldPath path) {
        for (int length = 1; length < path.length(); length++) {
            if (FieldPath.isIndex(path.steps().get(length))) {
                return path.prefix(length);
            }
        }
        return path;
    }

    private static boolean hasOuter(Set<FieldPath> paths, FieldPath path) {
        for (int length = 1; length < path.length(); length++) {
            if (paths.contains(path.prefix(length))) {
                return true;
            }
        }
        return false;
    }

    /** The top-level fields in which the parts lie. */
    Set<String> names() {
        return paths.stream().map(FieldPath::first).collect(Collectors.toSet());
    }

    /** What several look at together. */
    static NeededFields all(List<NeededFields> parts) {
        NeededFields all = NONE;
        for (NeededFields part : parts) {
            all = all.and(part);
        }
        return all;
    }

    public NeededFields and(NeededFields other) {
        if (isWhole || other.isWhole) {
            return inOrder || other.inOrder ? ALL : RESULT;
        }
        if (other.paths.isEmpty()) {
            return this;
        }
        Set<FieldPath> both = new HashSet<>(paths);
        both.addAll(other.paths);
        return new NeededFields(false, both, inOrder || other.inOrder);
    }

    /**
     * What of these parts is looked at, where somebody looks at this of documents that are made of
     * nothing but these.
     */
    NeededFields among(Set<FieldPath> made) {
        if (isWhole) {
            return new NeededFields(false, made, inOrder);
        }
        Set<FieldPath> seen = new HashSet<>();
        boolean isPutTogether = false;
        for (FieldPath part : made) {
            for (FieldPath path : paths) {
                if (part.isPrefixOf(path)) {
                    seen.add(path);
                } else if (part.first().equals(path.first())) { // a document around both, at least
                    seen.add(part);
                    isPutTogether |= path.isPrefixOf(part);
                }
            }
        }
        return new NeededFields(false, seen, inOrder || isPutTogether);
    }
}
