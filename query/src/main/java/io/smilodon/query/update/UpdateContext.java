package io.smilodon.query.update;

import io.smilodon.engine.value.DateValue;

/**
 * What an update may depend on besides its document.
 *
 * @param now the instant of the operation
 * @param isInsert whether the document is about to be inserted by an upsert
 */
public record UpdateContext(DateValue now, boolean isInsert) {

    /** An update of a document that exists. */
    public static UpdateContext ofUpdate(DateValue now) {
        return new UpdateContext(now, false);
    }

    /** The insert of an upsert that found nothing. */
    public static UpdateContext ofInsert(DateValue now) {
        return new UpdateContext(now, true);
    }
}
