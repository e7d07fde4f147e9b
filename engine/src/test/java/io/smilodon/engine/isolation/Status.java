package io.smilodon.engine.isolation;

/** What the client knows of a transaction. */
enum Status {
    COMMITTED,
    ABORTED,
    /** It may have happened, or may yet happen: never to be left out. */
    UNKNOWN
}
