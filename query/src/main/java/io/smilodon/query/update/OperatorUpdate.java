package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Changes fields one after the other, in the order of their paths. */
final class OperatorUpdate implements Update {

    private final List<Modification> modifications;
    private final boolean usesMatch;
    private final boolean mayMeet;
    private final Optional<List<TouchedPath>> touched;

    /**
     * Several changes.
     *
     * @param mayMeet whether two of them may mean the same field of some document
     */
    OperatorUpdate(List<Modification> modifications, boolean mayMeet) {
        this.modifications =
                modifications.size() == 1 ? List.copyOf(modifications) : sorted(modifications);
        this.mayMeet = mayMeet;
        boolean usesMatch = false;
        List<TouchedPath> paths = new ArrayList<>(modifications.size());
        for (Modification modification : this.modifications) {
            for (UpdatePath path : modification.paths()) {
                usesMatch |= path.usesMatch();
                paths.add(path.touched(modification.appends()));
            }
        }
        this.usesMatch = usesMatch;
        this.touched = Optional.of(List.copyOf(paths));
    }

    private static List<Modification> sorted(List<Modification> modifications) {
        return modifications.stream()
                .sorted(Comparator.comparing(change -> change.paths().get(0)))
                .toList();
    }

    @Override
    public Document apply(Document before, UpdateContext context) {
        UpdateRun run = new UpdateRun(ManyLookups.in(before, modifications.size()), context);
        if (mayMeet) {
            ElementConflicts.check(modifications, run);
        }
        Document after = changed(ManyLookups.in(before, modifications.size()), run);
        if (after == before) {
            return before;
        }
        checkSameId(before.get(DocumentRules.ID), after.get(DocumentRules.ID));
        return after;
    }

    private Document changed(Document before, UpdateRun run) {
        Document after = before;
        for (Modification modification : modifications) {
            after = modification.apply(after, run);
        }
        return (Document) Open.closed(after);
    }

    @Override
    public Optional<List<TouchedPath>> touchedPaths() {
        return touched;
    }

    @Override
    public boolean usesMatch() {
        return usesMatch;
    }

    private static void checkSameId(Value before, Value after) {
        boolean isSame = before == Missing.INSTANCE || ValueOrder.equal(before, after);
        if (!isSame) {
            throw new SmilodonException(
                    ErrorCode.IMMUTABLE_FIELD,
                    "Performing an update on the path '_id' would modify the immutable field"
                            + " '_id'");
        }
    }
}
