package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the log from the manifest's checkpoint on and hands out its batches. A sealed file must be
 * exactly as its seal says. The last file ends at its first bad frame; if anything proves that more
 * had been synced, that is corruption. Not thread-safe.
 */
final class LogReplay {

    private final StorageDirectory directory;
    private final Manifest.Contents contents;
    private final Receiver receiver;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private long nextLsn;
    private long batchStart;
    private long batchOffset;
    private long commits;
    private Optional<RecoveryReport.TornTail> tornTail = Optional.empty();

    /** Takes the batches, in commit order. */
    @FunctionalInterface
    interface Receiver {
        void batch(SortedWrites writes, Frame last) throws IOException;
    }

    LogReplay(StorageDirectory directory, Manifest.Contents contents, Receiver receiver) {
        this.directory = directory;
        this.contents = contents;
        this.receiver = receiver;
    }

    /**
     * Reads everything.
     *
     * @return the number of the last frame that counts
     */
    long run() throws IOException {
        ManifestState state = contents.state();
        for (LogFile log : state.logs().values()) {
            if (!log.follows(nextLsn, state.checkpointLsn())) {
                long missing = Math.max(nextLsn, state.checkpointLsn() + 1);
                throw Corruption.atLsn(log.name(), 0, missing, "a gap before this file");
            }
            nextLsn = log.firstLsn();
            if (isBehind(log)) {
                nextLsn = log.seal().orElseThrow().lastLsn() + 1;
            } else {
                Failpoint.hit("recovery.beforeLog");
                read(log);
                Failpoint.hit("recovery.afterLog");
            }
        }
        long last = Math.max(nextLsn - 1, state.checkpointLsn());
        if (last < state.durableLsn()) {
            throw Corruption.atLsn(
                    Manifest.NAME, 0, last + 1, "a log that ends before what had been synced");
        }
        return last;
    }

    /** Whether a finished file holds nothing that is not in segments. */
    private boolean isBehind(LogFile log) {
        return log.seal().isPresent()
                && log.seal().get().lastLsn() <= contents.state().checkpointLsn();
    }

    long commits() {
        return commits;
    }

    Optional<RecoveryReport.TornTail> tornTail() {
        return tornTail;
    }

    private void read(LogFile log) throws IOException {
        try (StorageFile file = directory.open(log.name())) {
            FileHeader header = FileHeader.read(file, log.name(), FileKind.LOG);
            header.require(
                    log.name(),
                    new FileHeader(FileKind.LOG, contents.databaseId(), log.number(), log.salt()));
            LogReader reader = new LogReader(file, log.salt());
            if (log.seal().isPresent()) {
                readSealed(log, log.seal().get(), reader);
            } else {
                readOpen(log, reader);
            }
        }
    }

    private void readSealed(LogFile log, LogSeal seal, LogReader reader) throws IOException {
        while (nextLsn <= seal.lastLsn()) {
            long at = reader.position();
            Frame frame =
                    reader.next(nextLsn)
                            .orElseThrow(
                                    () ->
                                            Corruption.atLsn(
                                                    log.name(),
                                                    at,
                                                    nextLsn,
                                                    "a damaged frame in a finished file"));
            take(log, frame, at);
        }
        if (reader.position() != seal.bytes()
                || reader.rollingCrc() != seal.rollingCrc()
                || parts.size() > 0) {
            throw Corruption.atLsn(
                    log.name(), reader.position(), seal.lastLsn(), "an end unlike its seal");
        }
    }

    private void readOpen(LogFile log, LogReader reader) throws IOException {
        long at = reader.position();
        Optional<Frame> frame = reader.next(nextLsn);
        while (frame.isPresent()) {
            take(log, frame.get(), at);
            at = reader.position();
            frame = reader.next(nextLsn);
        }
        Failpoint.hit("recovery.badFrame");
        Optional<Long> proof = reader.proofAfter(nextLsn);
        Failpoint.hit("recovery.proofSought");
        if (proof.isPresent() || nextLsn <= contents.state().durableLsn()) {
            throw Corruption.atLsn(log.name(), at, nextLsn, "a damaged frame that had been synced");
        }
        if (parts.size() > 0) {
            Failpoint.hit("recovery.unfinishedBatch");
            nextLsn = batchStart;
            at = batchOffset;
            parts.reset();
        }
        if (reader.hasRest()) {
            LogReader.Rest rest = reader.rest(nextLsn);
            tornTail =
                    Optional.of(
                            new RecoveryReport.TornTail(
                                    log.name(), at, nextLsn, rest.end() - at, rest.lastLsn()));
        }
    }

    private void take(LogFile log, Frame frame, long offset) throws IOException {
        nextLsn++;
        if (frame.type() == FrameType.MARK) {
            return;
        }
        if (parts.size() == 0) {
            batchStart = frame.lsn();
            batchOffset = offset;
        }
        if (frame.type() == FrameType.PART) {
            parts.writeBytes(frame.payload());
        } else if (frame.lsn() > contents.state().checkpointLsn()) {
            commits++;
            receiver.batch(decode(log, wholePayload(frame), offset, frame.lsn()), frame);
        } else {
            parts.reset();
        }
    }

    private byte[] wholePayload(Frame last) {
        if (parts.size() == 0) {
            return last.payload();
        }
        parts.writeBytes(last.payload());
        byte[] whole = parts.toByteArray();
        parts.reset();
        return whole;
    }

    private static SortedWrites decode(LogFile log, byte[] payload, long offset, long lsn) {
        try {
            return BatchCodec.decode(payload).writes();
        } catch (MalformedBytesException malformed) {
            throw Corruption.atLsn(log.name(), offset, lsn, malformed.getMessage());
        }
    }
}
