package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.value.Growth;
import java.util.Map;

/**
 * One application of an update to one document: what its changes share, and how much they may do
 * together. Not thread-safe.
 */
final class UpdateRun {

    /** Elements that all changes together may visit: a second's work. */
    static final long VISITS_MAX = 100_000_000;

    private final Document original;
    private final UpdateContext context;
    private final Growth growth = Growth.under(0);
    private long visits;

    UpdateRun(Document original, UpdateContext context) {
        this.original = original;
        this.context = context;
    }

    /** The document before all changes: what array filters ask. */
    Document original() {
        return original;
    }

    UpdateContext context() {
        return context;
    }

    /** The path for this document: with the index of the element that matched. */
    UpdatePath resolve(UpdatePath path) {
        return path.usesMatch() ? path.at(matched(path)) : path;
    }

    private int matched(UpdatePath path) {
        return context.matched()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.BAD_VALUE,
                                                "The positional operator did not find the match"
                                                        + " needed from the query.",
                                                Map.of("path", path.dotted()))
                                        .withHint("the filter must ask for elements of the array"));
    }

    /** Counts a value that the update makes, inside so many documents and arrays. */
    void made(Value value, int levels) {
        growth.add(value, levels);
    }

    /** Counts elements that an array is extended by. */
    void padded(long elements) {
        growth.addReferences(Math.max(0, elements));
    }

    /** Counts an element that a change comes by. */
    void visit() {
        Steps.take();
        visits++;
        if (visits > VISITS_MAX) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The update visits too many elements of arrays",
                            Map.of("max", VISITS_MAX))
                    .withHint("use fewer $[] and $[name] in one update");
        }
    }
}
