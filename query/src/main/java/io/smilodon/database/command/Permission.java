package io.smilodon.database.command;

/** What a caller must be allowed to do to send a command. */
public enum Permission {
    /** Anyone may: what a driver asks before it logs in. */
    NONE,
    /** To see how the server is. */
    MONITOR,
    /** To read documents and definitions. */
    READ,
    /** To change documents. */
    WRITE,
    /** To change databases, collections and indexes, and to end what others run. */
    ADMINISTER
}
