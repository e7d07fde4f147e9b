package io.smilodon.query.update;

import io.smilodon.engine.value.FieldPath;

/** One step of an update's path. The walk asks each step where it leads. */
sealed interface PathStep {

    /** The step as written. */
    String text();

    /** Whether the step can be the index of an array. */
    boolean isIndex();

    /** A field of a document, or the element of an array if the name is a number. */
    record Named(String text) implements PathStep {

        /** Digits without a leading zero, however many. */
        @Override
        public boolean isIndex() {
            boolean hasLeadingZero = text.length() > 1 && text.charAt(0) == '0';
            return !text.isEmpty()
                    && !hasLeadingZero
                    && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        /** The index; one too large for any array is {@link Integer#MAX_VALUE}. */
        int index() {
            return FieldPath.isIndex(text) ? Integer.parseInt(text) : Integer.MAX_VALUE;
        }
    }
}
