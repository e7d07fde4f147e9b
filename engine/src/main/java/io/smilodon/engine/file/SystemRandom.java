package io.smilodon.engine.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Random numbers of the operating system, for the few that opening a database takes. They are read
 * from its device, random(4), where there is one: Java's own source loads the security providers
 * first, which a tenth of each opening's time went to. Thread-safe.
 */
public final class SystemRandom {

    private static final Path DEVICE = Path.of("/dev/urandom");

    private SystemRandom() {}

    /** Where there is no device. */
    private static final class Fallback {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    /** A number that nobody can guess. */
    public static long nextLong() {
        if (!Files.isReadable(DEVICE)) {
            return Fallback.RANDOM.nextLong();
        }
        try (InputStream device = Files.newInputStream(DEVICE)) {
            byte[] bytes = device.readNBytes(Long.BYTES);
            if (bytes.length < Long.BYTES) {
                throw new EOFException("end of " + DEVICE);
            }
            return ByteBuffer.wrap(bytes).getLong();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
