package io.smilodon.engine.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/** Copies and digests whole files. Pure functions of them. */
public final class FileCopy {

    private static final int BUFFER_BYTES = 256 << 10;

    private FileCopy() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has it", impossible);
        }
    }

    /**
     * The SHA-256 of the first bytes of a file.
     *
     * @param progress is told how many bytes more were read
     * @throws EOFException if there are fewer
     */
    public static byte[] digest(StorageFile file, long bytes, LongConsumer progress)
            throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long at = 0; at < bytes; ) {
            int count = (int) Math.min(buffer.length, bytes - at);
            file.readFully(ByteBuffer.wrap(buffer, 0, count), at);
            digest.update(buffer, 0, count);
            at += count;
            progress.accept(count);
        }
        return digest.digest();
    }

    /**
     * Copies the first bytes of a file to a new one, and makes them durable.
     *
     * @return their SHA-256
     */
    public static byte[] copy(
            StorageFile source, StorageFile target, long bytes, LongConsumer progress)
            throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long at = 0; at < bytes; ) {
            int count = (int) Math.min(buffer.length, bytes - at);
            source.readFully(ByteBuffer.wrap(buffer, 0, count), at);
            digest.update(buffer, 0, count);
            target.writeFully(ByteBuffer.wrap(buffer, 0, count), at);
            at += count;
            progress.accept(count);
        }
        target.sync();
        return digest.digest();
    }
}
