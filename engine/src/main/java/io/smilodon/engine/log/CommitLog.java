package io.smilodon.engine.log;

import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The log as one dense sequence of frames over several files. A new file's entry in the directory
 * and in the manifest is durable before the first frame goes into it.
 *
 * <p>Not thread-safe: for whoever has the turn to commit.
 */
public final class CommitLog implements AutoCloseable {

    private static final int PAGE_BYTES = 4096;

    private final StorageDirectory directory;
    private final LogHome home;
    private final LogOptions options;
    private final Poison poison;
    private LogFile current;
    private LogWriter writer;
    private long nextLsn;
    private long goodLsn;
    private long durableLsn;
    private long frameMillis;
    private boolean isUnproven;
    private boolean hasCommits;
    private boolean isRunKnown;
    private final LogMeter meter = new LogMeter();
    private volatile long syncs;

    private CommitLog(StorageDirectory directory, LogHome home, LogContext context, long firstLsn) {
        this.directory = directory;
        this.home = home;
        this.options = context.options();
        this.poison = context.poison();
        this.nextLsn = firstLsn;
        this.goodLsn = firstLsn;
        this.durableLsn = firstLsn - 1;
        this.frameMillis = context.times().lastMillis();
    }

    /**
     * Starts a log in a new file.
     *
     * @param firstLsn the number of its first frame; everything before is durable elsewhere
     */
    public static CommitLog start(
            StorageDirectory directory, LogHome home, LogContext context, long firstLsn)
            throws IOException {
        CommitLog log = new CommitLog(directory, home, context, firstLsn);
        home.begin(() -> log.begin(Optional.empty()));
        log.isRunKnown = home.isRunKnown();
        return log;
    }

    private void begin(Optional<LogFile> ended) throws IOException {
        FileHeader header = home.newFile();
        String name = LogFile.name(header.fileNumber());
        Failpoint.hit("log.beforeCreate");
        StorageFile file = directory.create(name);
        try {
            Failpoint.hit("log.created");
            LogWriter begun = LogWriter.start(file, header, options.preallocationBytes());
            Failpoint.hit("log.started");
            poison.sync(directory::sync);
            Failpoint.hit("log.entrySynced");
            LogFile next =
                    new LogFile(header.fileNumber(), header.salt(), nextLsn, Optional.empty());
            home.rotated(ended, next, frameMillis);
            Failpoint.pass("log.installed");
            current = next;
            hasCommits = false;
            isUnproven = false; // the seal says that everything before is durable
            writer = begun;
        } catch (IOException failure) {
            takeBack(file, name, failure);
            throw failure;
        }
    }

    /**
     * Deletes a new file, unless the manifest may know it: else a full disk would fill with them.
     */
    private void takeBack(StorageFile file, String name, IOException failure) {
        try {
            file.close();
            if (!poison.isTripped()) {
                Failpoint.hit("log.beforeTakingBack");
                directory.delete(name);
                Failpoint.pass("log.takenBack");
            }
        } catch (IOException left) {
            failure.addSuppressed(left); // an orphan: the next opening deletes it
        }
    }

    /**
     * Appends one batch, in as many frames as it needs.
     *
     * @param millis when it is committed
     * @return its sequence: the number of its last frame
     */
    long append(byte[] payload, long millis) throws IOException {
        if (!isRunKnown) {
            home.beforeCommits();
            isRunKnown = true;
        }
        frameMillis = millis;
        int offset = 0;
        while (payload.length - offset > options.framePayloadMax()) {
            frame(FrameType.PART, ByteBuffer.wrap(payload, offset, options.framePayloadMax()));
            offset += options.framePayloadMax();
        }
        frame(FrameType.COMMIT, ByteBuffer.wrap(payload, offset, payload.length - offset));
        isUnproven = true;
        hasCommits = true;
        return nextLsn - 1;
    }

    /** Appends a frame that says how far the log is durable. */
    void mark() throws IOException {
        Failpoint.hit("log.beforeMark");
        frame(FrameType.MARK, ByteBuffer.allocate(0));
        isUnproven = false;
        flush();
    }

    /**
     * Fills the page up with a mark, if that is wanted: what is synced then shares no sector with
     * what is written later. Follows {@link #append}, before {@link #flush}.
     */
    void fillPage() throws IOException {
        int used = (int) (writer.position() % PAGE_BYTES);
        if (options.isAligned() && used > 0) {
            int left = PAGE_BYTES - used - Frame.BYTES_MIN;
            int zeroes = left < 0 ? left + PAGE_BYTES : left;
            Failpoint.hit("log.beforeFilling");
            writer.append(
                    FrameType.MARK,
                    new FrameStamp(nextLsn, durableLsn, frameMillis),
                    ByteBuffer.allocate(zeroes));
            nextLsn++;
        }
    }

    /** Whether a page is to be filled up before the next sync. */
    boolean isPageOpen() {
        return options.isAligned() && writer.position() % PAGE_BYTES > 0;
    }

    private void frame(FrameType type, ByteBuffer payload) throws IOException {
        meter.appended(payload.remaining());
        writer.append(type, new FrameStamp(nextLsn, durableLsn, frameMillis), payload);
        nextLsn++;
    }

    /** Hands everything to the file; from then on the death of the process cannot lose it. */
    void flush() throws IOException {
        Failpoint.hit("log.beforeFlush");
        writer.flush();
        Failpoint.hit("log.flushed");
    }

    /** Declares what was flushed good; {@link #abandon} comes back to here. */
    void markGood() {
        writer.markGood();
        goodLsn = nextLsn;
    }

    /**
     * Takes back what was appended since {@link #markGood}.
     *
     * @throws IOException if that is uncertain
     */
    void abandon() throws IOException {
        Failpoint.pass("log.beforeAbandon");
        nextLsn = goodLsn;
        writer.abandon();
        Failpoint.pass("log.abandoned");
        syncs++;
        durableLsn = nextLsn - 1;
    }

    void sync() throws IOException {
        Failpoint.hit("log.beforeSync");
        long start = System.nanoTime();
        writer.sync();
        meter.synced(System.nanoTime() - start);
        Failpoint.pass("log.synced");
        syncs = syncs + 1;
        durableLsn = nextLsn - 1;
    }

    boolean isSynced() {
        return durableLsn == nextLsn - 1;
    }

    /** Whether the last commit is durable, and no frame says so yet. */
    boolean needsMark() {
        return isUnproven && isSynced();
    }

    /** Whether the next commit is the first one, and the home is to be told before. */
    boolean isRunUnknown() {
        return !isRunKnown;
    }

    /** Whether there may be a commit in the current file. */
    boolean hasCommits() {
        return hasCommits;
    }

    boolean isFull() {
        return writer.position() >= options.fileBytesMax();
    }

    /** Seals the current file, which must be synced, and goes on in a new one. */
    void rotate() throws IOException {
        Failpoint.hit("log.beforeRotation");
        LogWriter ended = writer;
        LogFile sealed = finished();
        home.begin(() -> begin(Optional.of(sealed)));
        Failpoint.pass("log.rotated");
        ended.close();
    }

    private LogFile finished() throws IOException {
        poison.sync(writer::finish);
        Failpoint.hit("log.finished");
        return current.sealed(
                new LogSeal(nextLsn - 1, writer.position(), writer.rollingCrc(), frameMillis));
    }

    /** Seals the current file, which must be synced; nothing is appended any more. */
    void end() throws IOException {
        Failpoint.hit("log.beforeEnd");
        home.ended(finished(), frameMillis);
        Failpoint.pass("log.ended");
    }

    void recordDurable() throws IOException {
        Failpoint.hit("log.beforeDurableRecord");
        home.recordDurable(durableLsn, frameMillis);
        Failpoint.pass("log.durableRecorded");
    }

    /** The last frame so far. */
    public long lastLsn() {
        return nextLsn - 1;
    }

    long durableLsn() {
        return durableLsn;
    }

    /** How often the file was forced to disk; any thread may ask. */
    public long syncs() {
        return syncs;
    }

    LogMeter meter() {
        return meter;
    }

    /** What it has done so far; any thread may ask. */
    public LogStatistics statistics() {
        return meter.statistics();
    }

    /** Bytes of the current file, about; any thread may ask. */
    public long bytes() {
        return writer.position();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
