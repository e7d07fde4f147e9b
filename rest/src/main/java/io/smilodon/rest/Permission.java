package io.smilodon.rest;

/** What a caller must be allowed to do to use a route. */
enum Permission {
    /** Anyone may: what a load balancer or a browser asks first. */
    NONE,
    /** To see how the server is. */
    MONITOR,
    /** To read documents and definitions. */
    READ,
    /** To change documents. */
    WRITE,
    /** To change collections and indexes, and to run jobs. */
    ADMINISTER
}
