package io.smilodon.engine.store;

/**
 * A value of the store and the version that wrote it. The array is not copied: nobody may change
 * it.
 *
 * @param value the bytes
 * @param version an opaque, ordered token: larger is later
 */
public record VersionedValue(byte[] value, long version) {}
