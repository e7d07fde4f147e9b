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
public final class Ledger implements AutoCloseable {

    public static final int SLOTS = 96;

    /** Each so many versions of a key are a removal. */
    private static final int REMOVAL_EVERY = 7;

    private static final int PHASE_AT = 2 * SLOTS * Long.BYTES;
    private static final int BYTES = PHASE_AT + Long.BYTES;

    private final FileChannel channel;
    private final MappedByteBuffer map;

    private Ledger(FileChannel channel) throws IOException {
        this.channel = channel;
        this.map = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
    }

    public static Ledger open(Path file) throws IOException {
        return new Ledger(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    public long issued(int slot) {
        return map.getLong(2 * slot * Long.BYTES);
    }

    public long acknowledged(int slot) {
        return map.getLong((2 * slot + 1) * Long.BYTES);
    }

    public void issue(int slot, long version) {
        map.putLong(2 * slot * Long.BYTES, version);
    }

    public void acknowledge(int slot, long version) {
        map.putLong((2 * slot + 1) * Long.BYTES, version);
    }

    /** Whether a version of a key is a removal. */
    public static boolean isRemoval(long version) {
        return version % REMOVAL_EVERY == 0;
    }

    /**
     * Compares what was found, 0 for nothing, with what is legal: from the last acknowledged to the
     * last issued version. Which of these happened is known then, and must not change any more.
     *
     * @throws AssertionError if it is none of them
     */
    public void settle(int slot, long found) {
        long legal = legal(slot, found, acknowledged(slot));
        if (legal < 0) {
            throw new AssertionError(
                    "slot "
                            + slot
                            + " has version "
                            + found
                            + ", acknowledged "
                            + acknowledged(slot)
                            + ", issued "
                            + issued(slot));
        }
        issue(slot, legal);
        acknowledge(slot, legal);
    }

    /** The version from the least to the last issued one that looks so; -1 if there is none. */
    long legal(int slot, long found, long least) {
        for (long legal = least; legal <= issued(slot); legal++) {
            if (found == (isRemoval(legal) ? 0 : legal)) {
                return legal;
            }
        }
        return -1;
    }

    /** How far the process is: 0 starting, 1 open and found right, 2 loaded for a while. */
    public long phase() {
        return map.getLong(PHASE_AT);
    }

    public void setPhase(long phase) {
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
