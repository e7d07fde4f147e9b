package io.smilodon.engine.store;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names a transaction, so that it takes effect once however often it is sent. The caller sees to it
 * that different transactions have different keys, 128 random bits for instance.
 *
 * @param bytes 1 to {@link Limits#IDEMPOTENCY_KEY_BYTES_MAX} bytes; not copied: nobody may change
 *     them
 */
public record IdempotencyKey(byte[] bytes) {

    public IdempotencyKey {
        if (bytes.length == 0 || bytes.length > Limits.IDEMPOTENCY_KEY_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "An idempotency key must have at least one byte and must not be too long",
                    Map.of("bytes", bytes.length, "maximum", Limits.IDEMPOTENCY_KEY_BYTES_MAX));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
