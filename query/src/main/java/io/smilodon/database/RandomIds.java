package io.smilodon.database;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names of what clients come back for. Its source of randomness is made when the first is needed,
 * which is not while a database is opened. Thread-safe.
 */
final class RandomIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    /** Bytes that nobody can guess. */
    static byte[] next(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return id;
    }

    /** The hexadecimal digits of a number that MongoDB's drivers take for a cursor: positive. */
    static String nextOfCursor() {
        byte[] id;
        do {
            id = next(Long.BYTES);
            id[0] &= Byte.MAX_VALUE;
        } while (id[0] == 0);
        return HexFormat.of().formatHex(id);
    }
}
