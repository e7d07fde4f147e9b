package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;

/** A stage of a pipeline as the user wrote it, parsed once. Immutable and thread-safe. */
public interface Stage {

    /** The stage's operator, such as {@code $match}. */
    String name();

    /** The stream that this stage makes of its input. Closing it closes the input. */
    Cursor open(Cursor input, StageContext context);

    /** Whether it brings its documents along and looks at none of its input. */
    default boolean isSource() {
        return false;
    }

    /** The fields of its input that matter, given those of its output that do. */
    default NeededFields neededFields(NeededFields output) {
        return NeededFields.ALL;
    }

    /**
     * Whether a filter on this top-level field keeps the same documents before the stage as after
     * it, whatever they are: the stage looks at each document alone and hands the field on as it is
     * in all that it makes of it, or only reorders.
     */
    default boolean letsFilterPass(String field) {
        return false;
    }

    /**
     * The top-level field of its input that comes out under this name, whatever its value is, as
     * far as a filter on it may be asked before the stage instead; empty if there is none.
     */
    default Optional<String> origin(String field) {
        return letsFilterPass(field) ? Optional.of(field) : Optional.empty();
    }

    /**
     * What to ask before the stage instead of this filter behind it; empty if that keeps other
     * documents.
     *
     * @param filter not of chance, and not without fields
     */
    default Optional<Predicate> earlier(Predicate filter) {
        return EarlierFilter.of(filter, this::origin);
    }

    /**
     * Whether what is known of a document besides its fields goes with all that the stage makes of
     * it. While one of those is current, the input stands at the document; a stage that hands on
     * the very documents of its input need not say so.
     */
    default boolean keepsMetadata() {
        return false;
    }

    /** The stage that no transaction of a user may have: this one, or one inside of it. */
    default Optional<String> refusedInTransactions() {
        return Optional.empty();
    }

    /**
     * The stage as explain shows it where it is not the one that was written, but one that a
     * rewrite has made.
     */
    default Document rendered() {
        return Document.of(name(), Document.EMPTY);
    }
}
