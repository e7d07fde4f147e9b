package io.smilodon.query.update;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import java.util.List;

/** One change to a document. Immutable and thread-safe. */
interface Modification {

    /** Every path it changes, that of the new value first. */
    List<UpdatePath> paths();

    /** Where it stands in the request. */
    Location location();

    /** Whether it may put values behind those of an array. */
    default boolean appends() {
        return false;
    }

    /** The document after the change; the same one if nothing changed. */
    Document apply(Document before, UpdateRun run);
}
