package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which top-level fields of a document somebody will look at. A field that a stage overwrites
 * counts too: where it stands decides where the new one stands.
 *
 * @param isWhole whether it is any of them
 * @param names the fields, if not
 */
public record NeededFields(boolean isWhole, Set<String> names) {

    /** The whole document. */
    public static final NeededFields ALL = new NeededFields(true, Set.of());

    /** No field: only how many documents there are. */
    public static final NeededFields NONE = new NeededFields(false, Set.of());

    public NeededFields {
        names = Set.copyOf(names);
    }

    public static NeededFields of(String... names) {
        return new NeededFields(false, Set.of(names));
    }

    /** The fields that these paths start from. Empty stands for the whole document. */
    public static NeededFields ofPaths(Optional<Set<FieldPath>> paths) {
        if (paths.isEmpty()) {
            return ALL;
        }
        Set<String> names = new HashSet<>();
        paths.get().forEach(path -> names.add(path.first()));
        return new NeededFields(false, names);
    }

    /** What several look at together. */
    static NeededFields all(List<NeededFields> parts) {
        Set<String> names = new HashSet<>();
        for (NeededFields part : parts) {
            if (part.isWhole) {
                return ALL;
            }
            names.addAll(part.names);
        }
        return new NeededFields(false, names);
    }

    public NeededFields and(NeededFields other) {
        return all(List.of(this, other));
    }
}
