package io.smilodon.query.update;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The paths named so far, as a tree, to find one that is the same as or inside another. */
final class PathConflicts {

    private final Node root = new Node();

    private static final class Node {
        private final Map<PathStep, Node> children = new HashMap<>();
        private boolean isEnd;
    }

    /** Adds a path, unless it conflicts with one of those before: then returns where. */
    Optional<String> add(UpdatePath path) {
        Node node = root;
        for (int i = 0; i < path.steps().size(); i++) {
            node = node.children.computeIfAbsent(path.steps().get(i), step -> new Node());
            if (node.isEnd) {
                return Optional.of(path.prefix(i + 1));
            }
        }
        if (!node.children.isEmpty()) {
            return Optional.of(path.dotted());
        }
        node.isEnd = true;
        return Optional.empty();
    }
}
