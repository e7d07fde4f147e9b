package io.smilodon.query.update;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * A document in which many fields are looked up, however deep: what is looked into is read once.
 */
public final class ManyLookups {

    /** Fewer are faster one after the other. */
    private static final int MIN = 10;

    private ManyLookups() {}

    /** The document, in a form that is fit for so many lookups, by one thread. */
    public static Document in(Document document, int count) {
        return count < MIN ? document : new OpenDocument(document);
    }

    /** What was looked up in it, as anybody may keep it. */
    public static Value kept(Value value) {
        return Open.closed(value);
    }
}
