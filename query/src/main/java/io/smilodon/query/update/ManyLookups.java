package io.smilodon.query.update;

import io.smilodon.engine.value.Document;

/**
 * A document in which many fields are looked up: read once, as each look into stored bytes passes
 * by all fields that stand before.
 */
public final class ManyLookups {

    /** Fewer are faster one after the other. */
    static final int MIN = 10;

    private ManyLookups() {}

    /** The document, in a form that is fit for so many lookups. */
    public static Document in(Document document, int count) {
        return count < MIN ? document : Document.builder().putAll(document).build();
    }
}
