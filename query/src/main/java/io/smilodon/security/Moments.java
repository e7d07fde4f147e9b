package io.smilodon.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongUnaryOperator;

/**
 * A moment of each of many names, zero at first. However many names there are, they share a fixed
 * number of slots; which two share one nobody can foresee. Thread-safe.
 */
final class Moments {

    private static final int COUNT = 1 << 14;
    private static final int SECRET_BYTES = 32;

    private final AtomicLongArray slots = new AtomicLongArray(COUNT);
    private final byte[] secret = new byte[SECRET_BYTES];

    Moments() {
        new SecureRandom().nextBytes(secret);
    }

    long get(String name) {
        return slots.get(slot(name));
    }

    void update(String name, LongUnaryOperator change) {
        slots.updateAndGet(slot(name), change);
    }

    private int slot(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
            return Math.floorMod(ByteBuffer.wrap(hash).getInt(), COUNT);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }
}
