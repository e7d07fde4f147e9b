package io.smilodon.engine.file;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file in memory, in pieces so that growing copies nothing. Thread-safe. */
final class MemoryFile implements StorageFile {

    private static final int PIECE = 64 << 10;

    private byte[][] pieces = new byte[4][];
    private long length;

    @Override
    public synchronized int read(ByteBuffer target, long position) {
        if (position >= length) {
            return -1;
        }
        int total = (int) Math.min(target.remaining(), length - position);
        long next = position;
        while (next < position + total) {
            int offset = (int) (next % PIECE);
            int count = (int) Math.min(PIECE - offset, position + total - next);
            target.put(pieces[(int) (next / PIECE)], offset, count);
            next += count;
        }
        return total;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) {
        int total = source.remaining();
        grow(position + total);
        long next = position;
        while (source.hasRemaining()) {
            int offset = (int) (next % PIECE);
            int count = Math.min(PIECE - offset, source.remaining());
            source.get(pieces[(int) (next / PIECE)], offset, count);
            next += count;
        }
        return total;
    }

    private void grow(long end) {
        int needed = (int) ((end + PIECE - 1) / PIECE);
        if (needed > pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(needed, 2 * pieces.length));
        }
        for (int piece = (int) (length / PIECE); piece < needed; piece++) {
            if (pieces[piece] == null) {
                pieces[piece] = new byte[PIECE];
            }
        }
        length = Math.max(length, end);
    }

    @Override
    public synchronized long length() {
        return length;
    }

    @Override
    public synchronized void truncate(long newLength) {
        if (newLength >= length) {
            return;
        }
        int kept = (int) ((newLength + PIECE - 1) / PIECE);
        Arrays.fill(pieces, kept, pieces.length, null);
        if (newLength % PIECE != 0) {
            Arrays.fill(pieces[kept - 1], (int) (newLength % PIECE), PIECE, (byte) 0);
        }
        length = newLength;
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
}
