package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the keys of an index hold all that is asked for: each path is a part of the
 * index and has never met an array. An index with a collation holds none of the strings.
 */
final class Coverage {

    private Coverage() {}

    /** The parts to return, {@code _id} first; empty if the index does not cover the paths. */
    static Optional<List<Integer>> parts(IndexCandidate index, Collection<FieldPath> paths) {
        if (index.traits().holdsCutKeys() || index.isCollated()) {
            return Optional.empty();
        }
        List<Integer> parts = new ArrayList<>();
        for (int part = 0; part < index.pattern().length(); part++) {
            FieldPath path = index.pattern().part(part).path();
            boolean isPlain = path.steps().stream().noneMatch(FieldPath::isIndex);
            if (paths.contains(path)
                    && isPlain
                    && !index.isMultikey(part)
                    && index.holdsValues(part)) {
                parts.add(path.dotted().equals("_id") ? 0 : parts.size(), part);
            }
        }
        return parts.size() == paths.size() ? Optional.of(parts) : Optional.empty();
    }
}
