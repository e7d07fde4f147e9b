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
    private final boolean areMany;

    /**
     * Several changes.
     *
     * @param mayMeet whether two of them may mean the same field of some document
     */
    OperatorUpdate(List<Modification> modifications, boolean mayMeet) {
        this.modifications =
                modifications.size() == 1 ? List.copyOf(modifications) : sorted(modifications);
        this.usesMatch =
                modifications.stream()
                        .anyMatch(
                                change -> change.paths().stream().anyMatch(UpdatePath::usesMatch));
        this.mayMeet = mayMeet;
        this.areMany = modifications.size() >= ManyLookups.MIN;
    }

    private static List<Modification> sorted(List<Modification> modifications) {
        return modifications.stream()
                .sorted(Comparator.comparing(change -> change.paths().get(0)))
                .toList();
    }

    @Override
    public Document apply(Document before, UpdateContext context) {
        Document read = ManyLookups.in(before, modifications.size());
        UpdateRun run = new UpdateRun(read, context);
        if (mayMeet) {
            ElementConflicts.check(modifications, run);
        }
        Document after = areMany ? fieldwise(read, run) : stepwise(read, run);
        if (after == read) {
            return before;
        }
        checkSameId(before.get(DocumentRules.ID), after.get(DocumentRules.ID));
        return after;
    }

    private Document stepwise(Document before, UpdateRun run) {
        Document after = before;
        for (Modification modification : modifications) {
            after = modification.apply(after, run);
        }
        return after;
    }

    private Document fieldwise(Document before, UpdateRun run) {
        FieldwiseChange change = new FieldwiseChange(before);
        for (Modification modification : modifications) {
            change.apply(modification, run);
        }
        return change.result();
    }

    @Override
    public Optional<List<TouchedPath>> touchedPaths() {
        List<TouchedPath> paths = new ArrayList<>();
        for (Modification modification : modifications) {
            boolean isAppended = modification.appends();
            modification.paths().forEach(path -> paths.add(path.touched(isAppended)));
        }
        return Optional.of(paths);
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
