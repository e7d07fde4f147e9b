package io.smilodon.query.update;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * A document or an array that changes in place, so that many changes of one document copy what they
 * meet once, not each of them. It is read whole when it is first looked into, as each look into
 * stored bytes passes by all that stands before; what it holds is open too. Not thread-safe: it is
 * known only to who carries out one update, and closed at the end.
 */
sealed interface Open permits OpenDocument, OpenArray {

    /** As it was, before all changes. */
    Value before();

    /** As it is now; {@link #before} itself if nothing has changed. */
    Value closed();

    /** The same value, open if it can be. */
    static Value of(Value value) {
        return switch (value) {
            case Open open -> value;
            case Document document -> new OpenDocument(document);
            case ArrayValue array -> new OpenArray(array);
            default -> value;
        };
    }

    /** The same value, as others may see it. */
    static Value closed(Value value) {
        return value instanceof Open open ? open.closed() : value;
    }

    /** Whether the closed value is another than the one that was opened. */
    static boolean isChanged(Value value, Value closed) {
        return value instanceof Open open && open.before() != closed;
    }
}
