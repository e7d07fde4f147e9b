package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code {"list.$": 1}}: of the first array on the path only the element at the position of the one
 * that made the document match the filter of the find. A path without an array stays as it is.
 *
 * @param path without the dollar sign
 * @param filter of the find
 */
record MatchedElement(FieldPath path, Predicate filter) {

    private static final ErrorCode NO_POSITION = ErrorCode.location(51246);
    private static final ErrorCode NO_ELEMENT = ErrorCode.location(51247);

    /** The same where values compare in this order. */
    MatchedElement under(ValueOrder order) {
        return new MatchedElement(path, filter.under(order));
    }

    /**
     * Cuts the array down.
     *
     * @param document as it was found
     * @param selected what the rest of the projection has made of it
     */
    Document apply(Document document, Document selected) {
        return (Document) cut(selected, 0, document);
    }

    private Value cut(Value value, int step, Document document) {
        return switch (value) {
            case ArrayValue array -> only(array, document);
            case Document parent -> step < path.length() ? inField(parent, step, document) : parent;
            default -> value;
        };
    }

    private Document inField(Document parent, int step, Document document) {
        String name = path.steps().get(step);
        Value before = parent.get(name);
        Value after = cut(before, step + 1, document);
        return after == before ? parent : parent.with(name, after);
    }

    private ArrayValue only(ArrayValue array, Document document) {
        OptionalInt position = filter.elementPosition(document);
        if (position.isEmpty()) {
            throw error(
                    NO_POSITION,
                    "positional operator '.$' couldn't find a matching element in the array");
        }
        Value element = array.get(position.getAsInt());
        if (element == Missing.INSTANCE) {
            throw error(NO_ELEMENT, "positional operator '.$' element mismatch");
        }
        return ArrayValue.of(element);
    }

    private SmilodonException error(ErrorCode code, String text) {
        return new SmilodonException(code, text, Map.of("path", path))
                .withHint("the filter must ask for elements of the array");
    }
}
