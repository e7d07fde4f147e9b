package io.smilodon.engine.segment;

/**
 * Where a block stands.
 *
 * @param number as its checksum knows it
 * @param start its first byte
 * @param length its stored length
 */
record BlockPlace(int number, long start, int length) {}
