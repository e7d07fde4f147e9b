package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all the logs that the manifest names, also those that recovery need not read. */
final class KeptLogs implements LogScan.Receiver {

    private final List<Commit> commits = new ArrayList<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    private KeptLogs() {}

    /** A commit of the log. */
    record Commit(Frame last, long start, SortedWrites writes) {

        long sequence() {
            return last.lsn();
        }

        long millis() {
            return last.millis();
        }

        /** Where it ends, if it is of one frame. */
        long end() {
            return start + 46 + last.payload().length;
        }
    }

    /** The files, in order. */
    static List<LogFile> files(StorageDirectory directory) {
        return List.copyOf(state(directory).logs().values());
    }

    private static ManifestState state(StorageDirectory directory) {
        try {
            return Manifest.read(directory).orElseThrow().state();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All commits, in order; a gap, a damage or a file unlike its seal fails the test. */
    static List<Commit> read(StorageDirectory directory) {
        KeptLogs found = new KeptLogs();
        Optional<Long> next = Optional.empty();
        for (LogFile log : files(directory)) {
            next.ifPresent(lsn -> assertEquals(lsn, log.firstLsn(), log.name()));
            next = Optional.of(found.read(directory, log));
        }
        return found.commits;
    }

    /** The number after the last frame of a file that may have another name. */
    static long end(StorageDirectory directory, String name, LogFile log) throws IOException {
        try (StorageFile file = directory.open(name)) {
            return LogScan.run(file, log, 0, new KeptLogs()).nextLsn();
        }
    }

    private long read(StorageDirectory directory, LogFile log) {
        try (StorageFile file = directory.open(log.name())) {
            LogScan.End end = LogScan.run(file, log, 0, this);
            log.seal()
                    .ifPresent(
                            seal -> {
                                assertEquals(seal.rollingCrc(), end.rollingCrc(), log.name());
                                assertEquals(seal.bytes(), end.bytes(), log.name());
                                assertEquals(seal.lastLsn() + 1, end.nextLsn(), log.name());
                            });
            return end.nextLsn();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void frame(Frame frame, long offset) {
        if (frame.type() == FrameType.MARK) {
            return;
        }
        parts.writeBytes(frame.payload());
        if (frame.type() == FrameType.COMMIT) {
            SortedWrites writes = BatchCodec.decode(parts.toByteArray()).writes();
            commits.add(new Commit(frame, offset, writes));
            parts.reset();
        }
    }

    @Override
    public void gap(LogScan.Gap gap) {
        assertTrue(false, () -> "a damaged log: " + gap);
    }
}
