package io.smilodon.engine.isolation;

/**
 * Something wrong with a history.
 *
 * @param text the evidence
 */
record Finding(Anomaly anomaly, String text) {}
