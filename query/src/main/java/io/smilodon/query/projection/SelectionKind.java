package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether paths make an inclusion or an exclusion. The first one other than {@code _id}
 * says so, and the others must agree. Without any, {@code $elemMatch} or {@code _id} decides.
 */
final class SelectionKind {

    private SelectionKind() {}

    static ProjectionKind of(List<Leaf> leaves) {
        Optional<ProjectionKind> decided = Optional.empty();
        for (Leaf leaf : leaves) {
            Optional<ProjectionKind> wanted = wanted(leaf);
            if (decided.isPresent() && wanted.isPresent() && !decided.equals(wanted)) {
                throw contradiction(leaf);
            }
            decided = decided.or(() -> wanted);
        }
        return decided.orElseGet(() -> byDefault(leaves));
    }

    private static Optional<ProjectionKind> wanted(Leaf leaf) {
        if (leaf.isIdSwitch()) {
            return Optional.empty();
        }
        return switch (leaf.action()) {
            case Action.Keep same -> Optional.of(ProjectionKind.INCLUSION);
            case Action.KeepMatched same -> Optional.of(ProjectionKind.INCLUSION);
            case Action.Compute computed ->
                    computed.form() == Action.Form.METADATA
                            ? Optional.empty()
                            : Optional.of(ProjectionKind.INCLUSION);
            case Action.Inside same -> Optional.of(ProjectionKind.INCLUSION);
            case Action.Drop same -> Optional.of(ProjectionKind.EXCLUSION);
            case Action.Transform either -> Optional.empty();
        };
    }

    /** {@code $elemMatch} alone includes, beside {@code $slice} it does not: as in MongoDB. */
    private static ProjectionKind byDefault(List<Leaf> leaves) {
        List<Action.Transform> transforms =
                leaves.stream()
                        .map(Leaf::action)
                        .filter(Action.Transform.class::isInstance)
                        .map(Action.Transform.class::cast)
                        .toList();
        boolean isInclusion =
                !transforms.isEmpty() && transforms.stream().allMatch(Action.Transform::selects);
        return isInclusion ? ProjectionKind.INCLUSION : byId(leaves);
    }

    private static ProjectionKind byId(List<Leaf> leaves) {
        boolean includesId =
                leaves.stream()
                        .anyMatch(leaf -> leaf.isId() && leaf.action() instanceof Action.Keep);
        return includesId ? ProjectionKind.INCLUSION : ProjectionKind.EXCLUSION;
    }

    private static SmilodonException contradiction(Leaf leaf) {
        return switch (leaf.action()) {
            case Action.Keep same ->
                    error(31253, "Cannot do inclusion in exclusion projection", leaf);
            case Action.Drop same ->
                    error(31254, "Cannot do exclusion in inclusion projection", leaf);
            case Action.KeepMatched same ->
                    error(31395, "positional projection cannot be used with exclusion", leaf);
            case Action.Compute computed ->
                    error(
                            computed.form() == Action.Form.OPERATOR ? 31252 : 31310,
                            "Cannot use an expression in an exclusion projection",
                            leaf);
            default -> throw new AssertionError("goes with both kinds: " + leaf.action());
        };
    }

    private static SmilodonException error(int code, String text, Leaf leaf) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("field", leaf.path()))
                .at(leaf.location())
                .withHint("include fields or exclude fields, not both; _id may differ");
    }
}
