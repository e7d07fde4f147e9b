package io.smilodon.index.ordered;

/**
 * A whole index key as bytes.
 *
 * @param bytes the encoded values, one after the other
 * @param ends where each of them ends
 * @param typeBits what the bytes do not say of the values' exact types; empty if nothing
 */
record EncodedFields(byte[] bytes, int[] ends, byte[] typeBits) {}
