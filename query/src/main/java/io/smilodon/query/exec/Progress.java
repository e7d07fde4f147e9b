package io.smilodon.query.exec;

/**
 * How far a request has come.
 *
 * @param done documents, or whatever it counts
 * @param total about how many there are to do; 0 if that is not known
 */
public record Progress(long done, long total) {}
