package io.smilodon.query.projection;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.PathCollector;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes one document of another: a part of its fields, all but some, or more than it had. Immutable
 * and thread-safe. Documents that are views of stored bytes are read no further than it takes.
 */
public final class Projection {

    private static final Projection IDENTITY =
            new Projection(new ProjectionNode(ProjectionKind.EXCLUSION, Map.of()));

    private final ProjectionNode root;

    private final Optional<MatchedElement> matched;

    /** The variables that its expressions see; absent if they see the caller's. */
    private final Optional<EvaluationContext> variables;

    Projection(ProjectionNode root) {
        this(root, Optional.empty(), Optional.empty());
    }

    private Projection(
            ProjectionNode root,
            Optional<MatchedElement> matched,
            Optional<EvaluationContext> variables) {
        this.root = root;
        this.matched = matched;
        this.variables = variables;
    }

    /** This projection, its expressions seeing these variables. */
    Projection within(EvaluationContext context) {
        return new Projection(root, matched, Optional.of(context));
    }

    /** This projection, and then of an array only the element that the filter found. */
    Projection with(MatchedElement element) {
        return new Projection(root, Optional.of(element), variables);
    }

    /** Whether it wants to know which element made a document match. */
    public boolean usesMatch() {
        return matched.isPresent();
    }

    /** This projection where values compare in this order. */
    public Projection under(ValueOrder order) {
        return isIdentity()
                ? this
                : new Projection(
                        root.under(order),
                        matched.map(element -> element.under(order)),
                        variables.map(seen -> seen.under(order)));
    }

    /** The projection that changes nothing. */
    public static Projection identity() {
        return IDENTITY;
    }

    /** Whether it changes nothing. */
    public boolean isIdentity() {
        return root.kind().keepsOthers() && root.actions().isEmpty();
    }

    /** The projected form of the context's document. */
    public Document apply(EvaluationContext context) {
        Document document = context.root();
        EvaluationContext seen = variables.isEmpty() ? context : variables.get().on(document);
        if (isIdentity()) {
            return document;
        }
        Document selected = root.apply(document, seen);
        return matched.isPresent() ? matched.get().apply(document, selected) : selected;
    }

    /**
     * Names the paths that are read of a document by a projection that keeps no others.
     *
     * @param kept takes those that stay as they are
     * @param computed takes those of which something else is made
     */
    public void collectPaths(Consumer<FieldPath> kept, PathCollector computed) {
        collect(root, "", kept, computed);
    }

    /**
     * The paths of which the result is made, {@code _id} among them unless it is left out; empty if
     * the projection does anything else than picking paths.
     */
    public Optional<Set<FieldPath>> onlyPaths() {
        Set<FieldPath> paths = new LinkedHashSet<>();
        boolean isPick = !root.kind().keepsOthers() && picks(root, "", paths);
        return isPick ? Optional.of(Collections.unmodifiableSet(paths)) : Optional.empty();
    }

    private static void collect(
            ProjectionNode node, String prefix, Consumer<FieldPath> kept, PathCollector collector) {
        node.actions()
                .forEach(
                        (name, action) -> {
                            switch (action) {
                                case Action.Keep same ->
                                        kept.accept(FieldPath.parse(prefix + name));
                                case Action.KeepMatched same ->
                                        collector.add(FieldPath.parse(prefix + name));
                                case Action.Transform same ->
                                        collector.add(FieldPath.parse(prefix + name));
                                case Action.Compute computed ->
                                        computed.expression().collectPaths(collector);
                                case Action.Inside inside -> {
                                    String path = prefix + name;
                                    if (inside.node().computes()) { // its arrays are gone into
                                        collector.add(FieldPath.parse(path));
                                    }
                                    collect(inside.node(), path + ".", kept, collector);
                                }
                                case Action.Drop gone -> {}
                            }
                        });
    }

    private static boolean picks(ProjectionNode node, String prefix, Set<FieldPath> paths) {
        for (Map.Entry<String, Action> entry : node.actions().entrySet()) {
            String path = prefix + entry.getKey();
            boolean isPick =
                    switch (entry.getValue()) {
                        case Action.Keep same -> paths.add(FieldPath.parse(path));
                        case Action.Inside inside -> picks(inside.node(), path + ".", paths);
                        case Action.Drop gone -> true;
                        case Action.KeepMatched other -> false;
                        case Action.Transform other -> false;
                        case Action.Compute other -> false;
                    };
            if (!isPick) {
                return false;
            }
        }
        return true;
    }
}
