package io.smilodon.query.plan;

/**
 * An index that the winning plan does not use, and why.
 *
 * @param index the index's name
 * @param reason why, as a stable code with its sentence
 */
public record UnusedIndex(String index, Reason reason) {}
