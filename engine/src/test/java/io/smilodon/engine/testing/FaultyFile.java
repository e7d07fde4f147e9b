package io.smilodon.engine.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file's bytes as programs see them, as the disk has them, and what lies between. Guarded by its
 * directory.
 */
final class FaultyFile {

    static final int SECTOR = 512;

    /**
     * A change not yet synced.
     *
     * @param order its place among all operations of the directory
     * @param position where the bytes go; the new length for a cut
     * @param bytes at most a sector; empty for a cut
     * @param isCut whether the file is cut
     */
    record Change(long order, long position, byte[] bytes, boolean isCut) {}

    private byte[] current;
    private byte[] durable;
    private final List<Change> pending = new ArrayList<>();

    FaultyFile(byte[] content) {
        this.current = content.clone();
        this.durable = content.clone();
    }

    byte[] current() {
        return current;
    }

    byte[] durable() {
        return durable;
    }

    List<Change> pending() {
        return pending;
    }

    void write(long order, long position, byte[] bytes) {
        current = applied(current, new Change(order, position, bytes, false));
        int offset = 0;
        while (offset < bytes.length) {
            int room = SECTOR - (int) ((position + offset) % SECTOR);
            int count = Math.min(room, bytes.length - offset);
            byte[] sector = Arrays.copyOfRange(bytes, offset, offset + count);
            pending.add(new Change(order, position + offset, sector, false));
            offset += count;
        }
    }

    void truncate(long order, long length) {
        if (length < current.length) {
            Change cut = new Change(order, length, new byte[0], true);
            current = applied(current, cut);
            pending.add(cut);
        }
    }

    void sync() {
        durable = current.clone();
        pending.clear();
    }

    /** The system forgets that the pages were dirty. */
    void loseSync() {
        pending.clear();
    }

    static byte[] applied(byte[] content, Change change) {
        if (change.isCut()) {
            int length = (int) Math.min(content.length, change.position());
            return Arrays.copyOf(content, length);
        }
        int end = (int) change.position() + change.bytes().length;
        byte[] result = end > content.length ? Arrays.copyOf(content, end) : content;
        System.arraycopy(change.bytes(), 0, result, (int) change.position(), change.bytes().length);
        return result;
    }
}
