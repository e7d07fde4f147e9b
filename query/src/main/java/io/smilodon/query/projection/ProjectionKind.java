package io.smilodon.query.projection;

/** What becomes of the fields that a projection does not name. */
enum ProjectionKind {
    INCLUSION,
    EXCLUSION,
    ADDITION;

    boolean keepsOthers() {
        return this != INCLUSION;
    }
}
