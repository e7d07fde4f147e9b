package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a commit does to one key.
 *
 * @param value nothing for a removal
 */
public record Write(byte[] key, Optional<byte[]> value) {

    /** What key and value take with their lengths in front, as varints. */
    long sizedBytes() {
        return sized(key) + (value.isPresent() ? sized(value.get()) : 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Write that
                && Arrays.equals(key, that.key)
                && Arrays.equals(value.orElse(null), that.value.orElse(null));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value.orElse(null));
    }

    private static long sized(byte[] bytes) {
        return ByteWriter.varintBytes(bytes.length) + bytes.length;
    }
}
