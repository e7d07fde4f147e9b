package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.NumberValue;

/** One end of a window, seen from the current document. */
sealed interface Bound {

    /** The end of the partition. */
    record Unbounded() implements Bound {}

    /** The current document itself, whatever ties with it. */
    record Current() implements Bound {}

    /** So many documents, or so much of the value that is sorted by, further on. */
    record Offset(NumberValue distance) implements Bound {}
}
