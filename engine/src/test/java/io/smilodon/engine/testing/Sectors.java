package io.smilodon.engine.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a file, by sectors of 512 bytes. A sector that stands is never changed, only
 * replaced, so that copies share them. Not thread-safe.
 */
final class Sectors {

    static final int BYTES = 512;

    private static final byte[] ZEROES = new byte[BYTES];

    /** Null stands for zeroes. */
    private byte[][] sectors;

    private long length;

    private Sectors(byte[][] sectors, long length) {
        this.sectors = sectors;
        this.length = length;
    }

    static Sectors empty() {
        return new Sectors(new byte[4][], 0);
    }

    static Sectors of(byte[] content) {
        Sectors made = empty();
        made.write(content, 0);
        return made;
    }

    Sectors copy() {
        return new Sectors(sectors.clone(), length);
    }

    long length() {
        return length;
    }

    /** How many sectors have a part before the end. */
    int count() {
        return countOf(length);
    }

    static int countOf(long bytes) {
        return (int) ((bytes + BYTES - 1) / BYTES);
    }

    byte[] sector(int index) {
        byte[] found = index < sectors.length ? sectors[index] : null;
        return found == null ? ZEROES : found;
    }

    void set(int index, byte[] content) {
        if (index >= sectors.length) {
            sectors = Arrays.copyOf(sectors, Math.max(index + 1, 2 * sectors.length));
        }
        sectors[index] = content == ZEROES ? null : content;
    }

    /** Bytes behind the end are zeroes, whatever they were. */
    void setLength(long newLength) {
        int kept = countOf(newLength);
        for (int index = kept; index < Math.min(count(), sectors.length); index++) {
            sectors[index] = null;
        }
        length = newLength;
        cutLastSector();
    }

    /** Moves the end and leaves the bytes: {@link #cutBehindEnd} must follow. */
    void moveEnd(long newLength) {
        length = newLength;
    }

    /** Forgets what an image has behind its end. */
    void cutBehindEnd() {
        for (int index = count(); index < sectors.length; index++) {
            sectors[index] = null;
        }
        cutLastSector();
    }

    private void cutLastSector() {
        int used = (int) (length % BYTES);
        int last = (int) (length / BYTES);
        if (used > 0 && last < sectors.length && sectors[last] != null) {
            sectors[last] = Arrays.copyOf(Arrays.copyOf(sectors[last], used), BYTES);
        }
    }

    void write(byte[] bytes, long position) {
        int offset = 0;
        while (offset < bytes.length) {
            int index = (int) ((position + offset) / BYTES);
            int start = (int) ((position + offset) % BYTES);
            int count = Math.min(BYTES - start, bytes.length - offset);
            byte[] sector = count == BYTES ? new byte[BYTES] : sector(index).clone();
            System.arraycopy(bytes, offset, sector, start, count);
            set(index, sector);
            offset += count;
        }
        length = Math.max(length, position + bytes.length);
    }

    int read(ByteBuffer target, long position) {
        if (position >= length) {
            return -1;
        }
        int total = (int) Math.min(target.remaining(), length - position);
        int done = 0;
        while (done < total) {
            int start = (int) ((position + done) % BYTES);
            int count = Math.min(BYTES - start, total - done);
            target.put(sector((int) ((position + done) / BYTES)), start, count);
            done += count;
        }
        return total;
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        if (length > 0) {
            read(bytes, 0);
        }
        return bytes.array();
    }
}
