package io.smilodon.engine.store;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Arrays;
import java.util.Map;

/**
 * The keys that start with 0x00: the store's own, invisible to its users. A retired prefix is the
 * key {@code 00 01 prefix} with an empty value; the outcome of a transaction with an idempotency
 * key is the value of {@code 00 02 key}, and a large result of it that of {@code 00 03 key}. Pure
 * functions.
 */
final class ReservedKeys {

    private static final byte[] FIRST_FREE = {1};
    private static final byte[] RETIRED = {0, 1};
    private static final byte[] OUTCOME = {0, 2};
    private static final byte[] RESULT = {0, 3};

    private ReservedKeys() {}

    static byte[] retired(byte[] prefix) {
        return joined(RETIRED, prefix);
    }

    static byte[] outcome(IdempotencyKey key) {
        return joined(OUTCOME, key.bytes());
    }

    /** Where a large result is that belongs to an outcome. */
    static byte[] result(byte[] outcome) {
        return joined(RESULT, Arrays.copyOfRange(outcome, OUTCOME.length, outcome.length));
    }

    private static byte[] joined(byte[] area, byte[] rest) {
        byte[] key = Arrays.copyOf(area, area.length + rest.length);
        System.arraycopy(rest, 0, key, area.length, rest.length);
        return key;
    }

    static boolean isReserved(byte[] key) {
        return key.length > 0 && key[0] == 0;
    }

    static boolean isRetiredMark(byte[] key) {
        return key.length > RETIRED.length && key[0] == RETIRED[0] && key[1] == RETIRED[1];
    }

    static boolean isOutcome(byte[] key) {
        return key.length > OUTCOME.length && key[0] == OUTCOME[0] && key[1] == OUTCOME[1];
    }

    static KeyRange outcomes() {
        return KeyRange.prefix(OUTCOME);
    }

    static byte[] prefixOf(byte[] retiredMark) {
        return Arrays.copyOfRange(retiredMark, RETIRED.length, retiredMark.length);
    }

    static KeyRange retiredMarks() {
        return KeyRange.prefix(RETIRED);
    }

    /** The range without the store's own keys. */
    static KeyRange withoutReserved(KeyRange range) {
        return Arrays.compareUnsigned(range.from(), FIRST_FREE) < 0
                ? new KeyRange(FIRST_FREE, range.to())
                : range;
    }

    /** Checks a key that a user writes. */
    static void requireUsable(byte[] key) {
        if (key.length == 0 || isReserved(key)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "A key must not be empty and must not start with byte 0");
        }
        if (key.length > Limits.KEY_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.KEY_TOO_LONG,
                    "The key is too long",
                    Map.of("bytes", key.length, "maximum", Limits.KEY_BYTES_MAX));
        }
    }

    static void requireUsableValue(byte[] value) {
        if (value.length > Limits.VALUE_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "The value is too large",
                    Map.of("bytes", value.length, "maximum", Limits.VALUE_BYTES_MAX));
        }
    }

    static void requireTransactionSize(long bytes) {
        if (bytes > Limits.TRANSACTION_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "The transaction is too large",
                    Map.of("bytes", bytes, "maximum", Limits.TRANSACTION_BYTES_MAX));
        }
    }
}
