package io.smilodon.database;

import java.security.SecureRandom;

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
}
