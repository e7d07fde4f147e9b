package io.smilodon.query.update;

import io.smilodon.engine.value.DateValue;
import java.util.OptionalInt;

/**
 * What an update may depend on besides its document.
 *
 * @param now the instant of the operation
 * @param isInsert whether the document is about to be inserted by an upsert
 * @param matched the index of the element that made the document match, for {@code $}
 */
public record UpdateContext(DateValue now, boolean isInsert, OptionalInt matched) {

    /** An update of a document that exists. */
    public static UpdateContext ofUpdate(DateValue now) {
        return new UpdateContext(now, false, OptionalInt.empty());
    }

    /** The insert of an upsert that found nothing. */
    public static UpdateContext ofInsert(DateValue now) {
        return new UpdateContext(now, true, OptionalInt.empty());
    }

    /** The same where the filter has found this element of an array. */
    public UpdateContext withMatched(OptionalInt position) {
        return new UpdateContext(now, isInsert, position);
    }
}
