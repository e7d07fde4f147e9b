package io.smilodon.query.update;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.ValueOrder;
import java.util.OptionalInt;

/**
 * What an update may depend on besides its document.
 *
 * @param now the instant of the operation
 * @param isInsert whether the document is about to be inserted by an upsert
 * @param matched the index of the element that made the document match, for {@code $}
 * @param order how values compare
 */
public record UpdateContext(
        DateValue now, boolean isInsert, OptionalInt matched, ValueOrder order) {

    /** An update of a document that exists. */
    public static UpdateContext ofUpdate(DateValue now) {
        return new UpdateContext(now, false, OptionalInt.empty(), ValueOrder.ASCENDING);
    }

    /** The insert of an upsert that found nothing. */
    public static UpdateContext ofInsert(DateValue now) {
        return new UpdateContext(now, true, OptionalInt.empty(), ValueOrder.ASCENDING);
    }

    /** The same where the filter has found this element of an array. */
    public UpdateContext withMatched(OptionalInt position) {
        return new UpdateContext(now, isInsert, position, order);
    }

    /** The same where values compare in this order. */
    public UpdateContext under(ValueOrder other) {
        return new UpdateContext(now, isInsert, matched, other);
    }
}
