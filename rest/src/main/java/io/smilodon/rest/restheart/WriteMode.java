package io.smilodon.rest.restheart;

import java.util.List;
import java.util.Locale;

/** What a write does about a document that is there, or is not. */
public enum WriteMode {
    /** It must not be there. */
    INSERT,
    /** It must be there. */
    UPDATE,
    /** It is replaced, changed or created. */
    UPSERT;

    List<String> names() {
        return List.of(name().toLowerCase(Locale.ROOT));
    }
}
