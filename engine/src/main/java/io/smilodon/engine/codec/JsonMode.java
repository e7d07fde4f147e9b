package io.smilodon.engine.codec;

/** How {@link ExtendedJson} writes what JSON has no form for. */
public enum JsonMode {
    /** Extended JSON v2, readable: numbers are plain, and dates since 1970 are ISO-8601 text. */
    RELAXED,

    /** Extended JSON v2 that keeps every type. */
    CANONICAL,

    /** Plain JSON without wrappers, for eyes and for programs that know no Extended JSON. */
    PLAIN
}
