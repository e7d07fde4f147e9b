package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.accumulator.Accumulation;

/**
 * The documents that a {@code $group} by a field needs: one for each value of the field, where an
 * absent field counts as a value.
 *
 * @param enough which one
 */
public record GroupInput(FieldPath path, GroupInput.Enough enough) {

    /** Which document of a group is enough, from the least demanding on. */
    public enum Enough {
        ANY,
        FIRST,
        LAST;

        /** Whether it is enough for a field of the group. */
        boolean isFor(Accumulation accumulation) {
            return switch (this) {
                case ANY -> false;
                case FIRST -> accumulation.isOfFirst();
                case LAST -> accumulation.isOfLast();
            };
        }
    }
}
