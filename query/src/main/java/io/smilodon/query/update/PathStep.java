package io.smilodon.query.update;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;

/** One step of an update's path. The walk asks each step where it leads. */
sealed interface PathStep {

    /** The step as written. */
    String text();

    /** Whether the step can be the index of an array. */
    default boolean isIndex() {
        return false;
    }

    /**
     * The one value that it leads to in a document or an array; {@code Missing} if there is none.
     */
    default Value in(Value parent) {
        return Missing.INSTANCE;
    }

    /** A field of a document, or the element of an array if the name is a number. */
    record Named(String text) implements PathStep {

        /** Digits without a leading zero, however many. */
        @Override
        public boolean isIndex() {
            boolean hasLeadingZero = text.length() > 1 && text.charAt(0) == '0';
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return !text.isEmpty() && !hasLeadingZero;
        }

        @Override
        public Value in(Value parent) {
            return switch (parent) {
                case Document document -> document.get(text);
                case ArrayValue array -> isIndex() ? array.get(index()) : Missing.INSTANCE;
                default -> Missing.INSTANCE;
            };
        }

        /** The index; one too large for any array is {@link Integer#MAX_VALUE}. */
        int index() {
            return FieldPath.isIndex(text) ? Integer.parseInt(text) : Integer.MAX_VALUE;
        }
    }

    /** {@code $}: the element that made the document match the filter of the update. */
    record Matched() implements PathStep {

        static final String TEXT = "$";

        @Override
        public String text() {
            return TEXT;
        }
    }

    /**
     * {@code $[]} and {@code $[name]}: every element, or those that an array filter admits.
     *
     * @param name empty for every element
     * @param filter asks an element as the field of that name
     */
    record Elements(String name, Predicate filter) implements PathStep {

        static final String OPEN = "$[";
        static final String CLOSE = "]";

        boolean admits(Value element) {
            return name.isEmpty() || filter.matches(Document.of(name, element));
        }

        /** The same elements where values compare in this order. */
        Elements under(ValueOrder order) {
            return order.isSimple() || name.isEmpty()
                    ? this
                    : new Elements(name, filter.under(order));
        }

        @Override
        public String text() {
            return OPEN + name + CLOSE;
        }
    }
}
