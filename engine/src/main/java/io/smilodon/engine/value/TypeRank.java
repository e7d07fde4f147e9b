package io.smilodon.engine.value;

/**
 * The place of a type in the order of all values; declared in that order. Types of one rank are
 * compared by value: all numbers, and strings with symbols.
 */
public enum TypeRank {
    MIN_KEY,
    MISSING,
    /** Undefined; also where an empty array stands among sort and index keys. */
    UNDEFINED,
    NULL,
    NUMBER,
    STRING,
    DOCUMENT,
    ARRAY,
    BINARY,
    OBJECT_ID,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    REGEX,
    DB_POINTER,
    CODE,
    CODE_WITH_SCOPE,
    MAX_KEY
}
