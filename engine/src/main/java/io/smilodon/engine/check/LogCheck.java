package io.smilodon.engine.check;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;

/** Checks the files of the log: each by itself, and that one follows the other. Not thread-safe. */
final class LogCheck implements LogScan.Receiver {

    private final StorageDirectory directory;
    private final long databaseId;
    private final long durableLsn;
    private final Findings findings;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private String name = "";
    private long frames;
    private long commits;
    private long lastLsn;
    private boolean hasGap;

    LogCheck(StorageDirectory directory, long databaseId, long durableLsn, Findings findings) {
        this.directory = directory;
        this.databaseId = databaseId;
        this.durableLsn = durableLsn;
        this.findings = findings;
    }

    long frames() {
        return frames;
    }

    long commits() {
        return commits;
    }

    /** The last frame of all of them; 0 if there is none. */
    long lastLsn() {
        return lastLsn;
    }

    /**
     * @param logs in order; all but the last sealed
     * @param checkpointLsn no frame behind it may be missing
     */
    void run(Collection<LogFile> logs, long checkpointLsn) throws IOException {
        long expected = 0;
        for (LogFile log : logs) {
            if (!log.follows(expected, checkpointLsn)) {
                long missing = Math.max(expected, checkpointLsn + 1);
                findings.add(
                        Finding.damage(log.name(), "a gap before this file").at(0).lsn(missing));
            }
            expected = log.seal().map(seal -> seal.lastLsn() + 1).orElse(Long.MAX_VALUE);
            if (directory.list().contains(log.name())) {
                long next = run(log);
                expected = log.seal().isPresent() ? expected : next;
                lastLsn = expected - 1;
            }
        }
        if (!logs.isEmpty() && expected <= durableLsn) {
            findings.add(
                    Finding.damage(name, "a log that ends before what had been synced")
                            .lsn(expected));
        }
    }

    /** The number of the frame that would follow. */
    private long run(LogFile log) throws IOException {
        name = log.name();
        hasGap = false;
        parts.reset();
        try (StorageFile file = directory.open(name)) {
            FileHeader expected =
                    new FileHeader(FileKind.LOG, databaseId, log.number(), log.salt());
            try {
                FileHeader.read(file, name, FileKind.LOG).require(name, expected);
            } catch (SmilodonException unusable) {
                findings.add(Finding.of(unusable, name));
            }
            LogScan.End end = LogScan.run(file, log, durableLsn, this);
            checkEnd(log, end);
            return end.nextLsn();
        } catch (IOException unreadable) {
            findings.add(Finding.damage(name, "cannot be read: " + unreadable));
            return log.seal().map(seal -> seal.lastLsn() + 1).orElse(log.firstLsn());
        }
    }

    private void checkEnd(LogFile log, LogScan.End end) {
        if (log.seal().isPresent()) {
            boolean agrees =
                    end.bytes() == log.seal().get().bytes()
                            && end.rollingCrc() == log.seal().get().rollingCrc()
                            && parts.size() == 0;
            if (!agrees && !hasGap) {
                findings.add(
                        Finding.damage(name, "an end unlike its seal")
                                .at(end.bytes())
                                .lsn(log.seal().get().lastLsn()));
            }
        } else if (end.isTorn() || parts.size() > 0) {
            findings.add(
                    Finding.note(name, "a torn end that had not been synced")
                            .at(end.bytes())
                            .lsn(end.nextLsn()));
        }
    }

    @Override
    public void frame(Frame frame, long offset) {
        frames++;
        if (frame.type() == FrameType.MARK) {
            return;
        }
        parts.writeBytes(frame.payload());
        if (frame.type() == FrameType.PART) {
            return;
        }
        commits++;
        byte[] payload = parts.toByteArray();
        parts.reset();
        try {
            BatchCodec.decode(payload);
        } catch (MalformedBytesException malformed) {
            findings.add(Finding.damage(name, malformed.getMessage()).at(offset).lsn(frame.lsn()));
        }
    }

    @Override
    public void gap(LogScan.Gap gap) {
        hasGap = true;
        parts.reset();
        findings.add(
                Finding.damage(
                                name,
                                "damaged frames up to "
                                        + gap.lastLsn()
                                        + ", "
                                        + gap.bytes()
                                        + " bytes")
                        .at(gap.offset())
                        .lsn(gap.firstLsn()));
    }
}
