package io.smilodon.engine.entry;

import java.util.Optional;

/**
 * One version of a key.
 *
 * @param sequence the commit that wrote it
 * @param value its bytes, not to be changed; empty for a removal
 */
public record Entry(long sequence, Optional<byte[]> value) {}
