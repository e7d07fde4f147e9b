package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds changes that mean the same field of one document though their paths differ, as {@code a.$}
 * and {@code a.0} or {@code a.$[x]} and {@code a.$[y]} may. Not thread-safe.
 */
final class ElementConflicts {

    private final PathConflicts conflicts = new PathConflicts();
    private final UpdateRun run;

    private ElementConflicts(UpdateRun run) {
        this.run = run;
    }

    /**
     * Follows every path.
     *
     * @throws SmilodonException {@code ConflictingUpdateOperators} if two lead to one field, or one
     *     into the field of the other
     */
    static void check(List<Modification> modifications, UpdateRun run) {
        ElementConflicts all = new ElementConflicts(run);
        for (Modification modification : modifications) {
            try {
                for (UpdatePath path : modification.paths()) {
                    all.follow(run.resolve(path).steps(), List.of(), run.original());
                }
            } catch (SmilodonException e) {
                throw e.at(modification.location());
            }
        }
    }

    /** Follows the steps that are left; where there is no array, the change itself complains. */
    private void follow(List<PathStep> left, List<PathStep> taken, Value value) {
        if (left.isEmpty()) {
            add(new UpdatePath(taken));
            return;
        }
        List<PathStep> rest = left.subList(1, left.size());
        if (!(left.get(0) instanceof PathStep.Elements elements)) {
            follow(rest, with(taken, left.get(0)), left.get(0).in(value));
        } else if (value instanceof ArrayValue array) {
            PathStep.Elements admitting = elements.under(run.context().order());
            int index = 0;
            for (Value element : array) {
                run.visit();
                if (admitting.admits(element)) {
                    PathStep named = new PathStep.Named(Integer.toString(index));
                    follow(rest, with(taken, named), element);
                }
                index++;
            }
        }
    }

    private static List<PathStep> with(List<PathStep> taken, PathStep step) {
        List<PathStep> more = new ArrayList<>(taken);
        more.add(step);
        return more;
    }

    private void add(UpdatePath path) {
        conflicts
                .add(path)
                .ifPresent(
                        at -> {
                            throw new SmilodonException(
                                    ErrorCode.CONFLICTING_UPDATE_OPERATORS,
                                    "Update created a conflict",
                                    Map.of("path", path.dotted(), "conflictAt", at));
                        });
    }
}
