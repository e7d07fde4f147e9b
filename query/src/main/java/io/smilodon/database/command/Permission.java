package io.smilodon.database.command;

/**
 * What kind of thing a command does: how long it may take and whether it waits for a turn depend on
 * that. What its sender must be allowed to do, its {@link Requirement} says.
 */
public enum Permission {
    /** What a driver asks before it logs in. */
    NONE,
    /** Tells how the server is. */
    MONITOR,
    /** Reads documents and definitions. */
    READ,
    /** Changes documents. */
    WRITE,
    /** Changes databases, collections and indexes, and ends what others run. */
    ADMINISTER
}
