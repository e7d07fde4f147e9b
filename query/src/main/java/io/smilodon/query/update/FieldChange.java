package io.smilodon.query.update;

import io.smilodon.engine.value.Value;

/** What an operator does to the value of one field. Immutable and thread-safe. */
interface FieldChange {

    /** The new value; {@code Missing} stands for an absent field, before and after. */
    Value apply(Value before, UpdateContext context);

    /**
     * Whether the path is made where it is absent. The others ({@code $unset}, {@code $pull} and so
     * on) leave a document without the path alone.
     */
    default boolean createsPath() {
        return true;
    }

    /** Whether it is an error if the path could not even be made, as it leads into a number. */
    default boolean needsViablePath() {
        return true;
    }
}
