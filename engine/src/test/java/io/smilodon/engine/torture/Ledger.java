package io.smilodon.engine.torture;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was begun and what was acknowledged, for each key, in memory that a process shares with its
 * file: it outlives a killed process. One thread writes a slot.
 */
final class Ledger implements AutoCloseable {

    static final int SLOTS = 96;

    private static final int PHASE_AT = 2 * SLOTS * Long.BYTES;
    private static final int BYTES = PHASE_AT + Long.BYTES;

    private final FileChannel channel;
    private final MappedByteBuffer map;

    private Ledger(FileChannel channel) throws IOException {
        this.channel = channel;
        this.map = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
    }

    static Ledger open(Path file) throws IOException {
        return new Ledger(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    long issued(int slot) {
        return map.getLong(2 * slot * Long.BYTES);
    }

    long acknowledged(int slot) {
        return map.getLong((2 * slot + 1) * Long.BYTES);
    }

    void issue(int slot, long version) {
        map.putLong(2 * slot * Long.BYTES, version);
    }

    void acknowledge(int slot, long version) {
        map.putLong((2 * slot + 1) * Long.BYTES, version);
    }

    /** How far the process is: 0 starting, 1 open and found right, 2 loaded for a while. */
    long phase() {
        return map.getLong(PHASE_AT);
    }

    void setPhase(long phase) {
        map.putLong(PHASE_AT, phase);
    }

    /** Writes what it says to another file. */
    void copy(Path file) throws IOException {
        try (Ledger other = open(file)) {
            for (int slot = 0; slot < SLOTS; slot++) {
                other.issue(slot, issued(slot));
                other.acknowledge(slot, acknowledged(slot));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
