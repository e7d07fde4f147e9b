package io.smilodon.query.update;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths named so far, as a tree, to find one that is the same as or inside another. */
final class PathConflicts {

    private final Node root = new Node();
    private boolean mayMeet;

    /** A path alone conflicts with none: it comes into the tree with the second one. */
    private Optional<UpdatePath> first = Optional.empty();

    private static final class Node {

        private Map<String, Node> children = Map.of();
        private boolean isEnd;

        /** Whether steps lead on by {@code $[]} or {@code $[name]}; by names if not. */
        private boolean hasElements;

        /** Whether a {@code $} leads on, which may be one of the other children. */
        private boolean hasMatched;

        boolean hasOtherKind(PathStep step) {
            return !children.isEmpty() && hasElements != step instanceof PathStep.Elements;
        }

        Node child(String step) {
            if (children.isEmpty()) {
                children = new HashMap<>();
            }
            return children.computeIfAbsent(step, text -> new Node());
        }

        boolean mayMeet() {
            return (hasElements || hasMatched) && children.size() > 1;
        }
    }

    /** Adds a path, unless it conflicts with one of those before: then returns where. */
    Optional<String> add(UpdatePath path) {
        if (root.children.isEmpty()) {
            if (first.isEmpty()) {
                first = Optional.of(path);
                return Optional.empty();
            }
            insert(first.get());
        }
        return insert(path);
    }

    private Optional<String> insert(UpdatePath path) {
        Node node = root;
        List<PathStep> steps = path.steps();
        for (int i = 0; i < steps.size(); i++) {
            PathStep step = steps.get(i);
            if (node.hasOtherKind(step)) {
                return Optional.of(path.prefix(i));
            }
            node.hasElements = step instanceof PathStep.Elements;
            node.hasMatched |= step instanceof PathStep.Matched;
            Node parent = node;
            node = node.child(step.text());
            mayMeet |= parent.mayMeet();
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

    /** Whether paths that differ may mean the same field, depending on the document. */
    boolean mayMeet() {
        return mayMeet;
    }
}
