package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the paths of a projection into a tree, refusing two that overlap. Not thread-safe. */
final class ProjectionTree {

    /** MongoDB numbers an overlap in $addFields apart from those of other projections. */
    private static final int ADDITION_OVERLAP = 40176;

    private final ProjectionKind kind;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ProjectionTree(ProjectionKind kind) {
        this.kind = kind;
    }

    private sealed interface Entry {}

    private record End(Action action) implements Entry {}

    private record Branch(ProjectionTree tree) implements Entry {}

    void add(Leaf leaf) {
        add(leaf, 0);
    }

    private void add(Leaf leaf, int step) {
        String name = leaf.path().steps().get(step);
        Entry entry = entries.get(name);
        if (step == leaf.path().length() - 1) {
            if (entry != null) {
                throw collision(31250, leaf, step);
            }
            entries.put(name, new End(leaf.action()));
        } else if (entry instanceof End) {
            throw collision(31249, leaf, step);
        } else {
            branch(name).add(leaf, step + 1);
        }
    }

    private ProjectionTree branch(String name) {
        return ((Branch)
                        entries.computeIfAbsent(name, same -> new Branch(new ProjectionTree(kind))))
                .tree;
    }

    private SmilodonException collision(int code, Leaf leaf, int step) {
        int number = kind == ProjectionKind.ADDITION ? ADDITION_OVERLAP : code;
        return new SmilodonException(
                        ErrorCode.location(number),
                        "Path collision",
                        Map.of("path", leaf.path(), "at", leaf.path().prefix(step + 1)))
                .at(leaf.location())
                .withHint("name a field or fields inside it, not both");
    }

    ProjectionNode build() {
        Map<String, Action> actions = new LinkedHashMap<>();
        entries.forEach((name, entry) -> actions.put(name, action(entry)));
        return new ProjectionNode(kind, actions);
    }

    private static Action action(Entry entry) {
        return switch (entry) {
            case End end -> end.action;
            case Branch branch -> new Action.Inside(branch.tree.build());
        };
    }
}
