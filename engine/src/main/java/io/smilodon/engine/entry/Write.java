package io.smilodon.engine.entry;

import java.util.Optional;

/**
 * What a commit does to one key.
 *
 * @param value nothing for a removal
 */
public record Write(byte[] key, Optional<byte[]> value) {}
