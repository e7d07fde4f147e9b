package io.smilodon.rest;

/**
 * What kind of thing a route does: whether it waits for its turn depends on that. What its caller
 * must be allowed to do, its {@link Demand} says.
 */
enum Permission {
    /** Tells what everybody may know. */
    NONE,
    /** Tells how the server is. */
    MONITOR,
    /** Reads documents and definitions. */
    READ,
    /** Changes documents. */
    WRITE,
    /** Changes collections and indexes, and runs jobs. */
    ADMINISTER
}
