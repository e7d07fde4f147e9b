package io.smilodon.engine.log;

import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a log file to its end, past what is damaged. For checking and for salvage; recovery stops
 * at the first damage. Not thread-safe.
 */
public final class LogScan {

    private static final Receiver NOBODY =
            new Receiver() {
                @Override
                public void frame(Frame frame, long offset) {}

                @Override
                public void gap(Gap gap) {}
            };

    private final LogReader reader;
    private final long length;
    private final Receiver receiver;
    private long nextLsn;

    private LogScan(LogReader reader, long length, long firstLsn, Receiver receiver) {
        this.reader = reader;
        this.length = length;
        this.nextLsn = firstLsn;
        this.receiver = receiver;
    }

    /** Is told what the file holds, in its order. */
    public interface Receiver {

        /** A good frame. */
        void frame(Frame frame, long offset);

        /** Frames that cannot be read. */
        void gap(Gap gap);
    }

    /**
     * A damaged part of a log.
     *
     * @param offset where it begins
     * @param bytes how long it is
     * @param firstLsn the first frame in it
     * @param lastLsn the last one, as far as is known
     */
    public record Gap(long offset, long bytes, long firstLsn, long lastLsn) {}

    /**
     * How the file ends.
     *
     * @param nextLsn the frame that would follow
     * @param bytes where the last good frame ends
     * @param rollingCrc over the frames
     * @param isTorn whether something follows that was never known to be durable
     */
    public record End(long nextLsn, long bytes, int rollingCrc, boolean isTorn) {}

    /**
     * @param log as the manifest knows it
     * @param durableLsn the last frame that is known to have been synced
     */
    public static End run(StorageFile file, LogFile log, long durableLsn, Receiver receiver)
            throws IOException {
        LogReader reader = new LogReader(file, log.salt());
        LogScan scan = new LogScan(reader, file.length(), log.firstLsn(), receiver);
        return log.seal().isPresent() ? scan.sealed(log.seal().get()) : scan.open(durableLsn);
    }

    /** The same, only to see how the file ends. */
    public static End end(StorageFile file, LogFile log, long durableLsn) throws IOException {
        return run(file, log, durableLsn, NOBODY);
    }

    /**
     * Reads a whole finished file.
     *
     * @throws io.smilodon.engine.error.SmilodonException if it is not exactly as its seal says
     */
    public static void requireAsSealed(StorageFile file, String name, LogFile log)
            throws IOException {
        LogSeal seal = log.seal().orElseThrow();
        LogReader reader = new LogReader(file, log.salt());
        for (long lsn = log.firstLsn(); lsn <= seal.lastLsn(); lsn++) {
            if (reader.next(lsn).isEmpty()) {
                throw Corruption.atLsn(name, reader.position(), lsn, "a damaged frame");
            }
        }
        if (reader.position() != seal.bytes() || reader.rollingCrc() != seal.rollingCrc()) {
            throw Corruption.atLsn(
                    name, reader.position(), seal.lastLsn(), "an end unlike its seal");
        }
    }

    /** The number of the first whole frame of a file, if it has one. */
    public static Optional<Long> firstLsn(StorageFile file, long logId) throws IOException {
        LogReader reader = new LogReader(file, logId);
        Optional<Frame> first = reader.nextOfAnyNumber();
        return first.isPresent() ? first.map(Frame::lsn) : reader.skipTo(0);
    }

    /**
     * Looks for a frame.
     *
     * @param firstLsn the first one of the file
     * @return empty if the file ends, or is damaged, before it
     */
    public static Optional<Frame> find(StorageFile file, long logId, long firstLsn, long lsn)
            throws IOException {
        LogReader reader = new LogReader(file, logId);
        for (long before = firstLsn; before < lsn; before++) {
            if (reader.skip(before).isEmpty()) {
                return Optional.empty();
            }
        }
        return reader.next(lsn);
    }

    private End sealed(LogSeal seal) throws IOException {
        readGood(seal.lastLsn());
        while (nextLsn <= seal.lastLsn()) {
            if (!skip(seal.lastLsn(), Math.min(seal.bytes(), length))) {
                return end(false);
            }
            readGood(seal.lastLsn());
        }
        return end(false);
    }

    private End open(long durableLsn) throws IOException {
        readGood(Long.MAX_VALUE);
        while (reader.proofAfter(nextLsn).isPresent() || nextLsn <= durableLsn) {
            if (!skip(Math.max(nextLsn, durableLsn), length)) {
                return end(false);
            }
            readGood(Long.MAX_VALUE);
        }
        return end(reader.hasRest());
    }

    private End end(boolean isTorn) {
        return new End(nextLsn, reader.position(), reader.rollingCrc(), isTorn);
    }

    private void readGood(long lastLsn) throws IOException {
        long at = reader.position();
        Optional<Frame> frame = nextLsn <= lastLsn ? reader.next(nextLsn) : Optional.empty();
        while (frame.isPresent()) {
            receiver.frame(frame.get(), at);
            nextLsn++;
            at = reader.position();
            frame = nextLsn <= lastLsn ? reader.next(nextLsn) : Optional.empty();
        }
    }

    /** Passes over damage; false if nothing good follows it. */
    private boolean skip(long lastLsn, long end) throws IOException {
        long from = reader.position();
        Optional<Long> next = reader.skipTo(nextLsn + 1);
        long lost = next.isPresent() ? next.get() - 1 : Math.max(lastLsn, nextLsn);
        long to = next.isPresent() ? reader.position() : Math.max(end, from);
        receiver.gap(new Gap(from, to - from, nextLsn, lost));
        nextLsn = next.orElse(lost + 1);
        return next.isPresent();
    }
}
