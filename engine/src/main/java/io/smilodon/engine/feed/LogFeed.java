package io.smilodon.engine.feed;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A feed that reads the log's files on its caller's thread. Thread-safe. */
final class LogFeed implements ChangeFeed {

    private static final Duration TIMEOUT_MAX = Duration.ofDays(365);

    private final FeedSource source;
    private final ChangeFeeds feeds;
    private final long millisMin;
    private final ReentrantLock reading = new ReentrantLock();
    private final LogWalk walk;
    private volatile long nextLsn;
    private volatile boolean isClosed;

    /** The commit behind which it stands, once that is known. */
    private Optional<FeedToken> passed = Optional.empty();

    /**
     * @param nextLsn the first frame to be read, which begins a batch
     * @param millisMin commits before it are left out
     */
    LogFeed(FeedSource source, ChangeFeeds feeds, long nextLsn, long millisMin) {
        this.source = source;
        this.feeds = feeds;
        this.walk = new LogWalk(source);
        this.nextLsn = nextLsn;
        this.millisMin = millisMin;
    }

    /** The first frame that it has not got past. */
    long nextLsn() {
        return nextLsn;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public Optional<ChangeBatch> next(Duration timeout) {
        Duration bounded = timeout.compareTo(TIMEOUT_MAX) < 0 ? timeout : TIMEOUT_MAX;
        long deadline = System.nanoTime() + bounded.toNanos();
        Optional<ChangeBatch> batch = poll();
        while (batch.isEmpty() && feeds.awaitVisible(this, deadline)) {
            batch = poll();
        }
        return batch;
    }

    @Override
    public Optional<ChangeBatch> poll() {
        return read(this::readOn);
    }

    @Override
    public FeedToken token() {
        return read(this::behind);
    }

    /** What is read of the log, given the last commit that is visible. */
    private interface Question<T> {
        T ask(long visible) throws IOException;
    }

    private <T> T read(Question<T> question) {
        reading.lock();
        try {
            feeds.requireOpen();
            if (isClosed) {
                throw FeedErrors.closed();
            }
            return ask(question);
        } finally {
            reading.unlock();
        }
    }

    private <T> T ask(Question<T> question) {
        String file = walk.file().map(LogFile::name).orElse("");
        try {
            walk.dropDeleted();
            return question.ask(source.visible().getAsLong());
        } catch (IOException failure) {
            throw goBack(
                    FeedErrors.unreadable(walk.file().map(LogFile::name).orElse(file), failure));
        } catch (SmilodonException damage) {
            throw goBack(damage);
        }
    }

    /** The next call begins with this batch again, in a file opened anew. */
    private SmilodonException goBack(SmilodonException reason) {
        try {
            walk.close();
        } catch (IOException afterReading) {
            reason.addSuppressed(afterReading);
        }
        return reason;
    }

    private FeedToken behind(long visible) throws IOException {
        if (passed.isEmpty()) {
            passed = Optional.of(walk.commitBefore(nextLsn, visible));
        }
        return passed.get();
    }

    private Optional<ChangeBatch> readOn(long visible) throws IOException {
        Optional<ChangeBatch> batch = Optional.empty();
        while (batch.isEmpty() && nextLsn <= visible) {
            Frame frame = walk.frame(nextLsn, visible);
            if (frame.type() == FrameType.MARK) {
                nextLsn = frame.lsn() + 1;
            } else {
                batch = readBatch(frame, visible);
            }
        }
        return batch;
    }

    private Optional<ChangeBatch> readBatch(Frame first, long visible) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        Frame last = first;
        while (last.type() == FrameType.PART) {
            parts.add(last.payload());
            if (last.lsn() >= visible) {
                throw damaged(first, "a batch without its end");
            }
            last = walk.frame(last.lsn() + 1, visible);
        }
        Optional<ChangeBatch> batch = Optional.empty();
        if (last.millis() >= millisMin) {
            batch = Optional.of(decoded(first, last, whole(parts, last)));
            feeds.delivered();
        }
        nextLsn = last.lsn() + 1;
        passed = Optional.of(new FeedToken(last.lsn(), last.millis()));
        return batch;
    }

    private static byte[] whole(List<byte[]> parts, Frame last) {
        if (parts.isEmpty()) {
            return last.payload();
        }
        parts.add(last.payload());
        ByteWriter whole = new ByteWriter(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(whole::raw);
        return whole.toBytes();
    }

    private ChangeBatch decoded(Frame first, Frame last, byte[] payload) {
        try {
            BatchCodec.Batch batch = BatchCodec.decode(payload);
            return new ChangeBatch(
                    last.lsn(), last.millis(), batch.notes(), source.changes().apply(batch));
        } catch (MalformedBytesException malformed) {
            throw damaged(first, malformed.getMessage());
        }
    }

    private SmilodonException damaged(Frame first, String found) {
        return Corruption.atLsn(walk.file().map(LogFile::name).orElse(""), 0, first.lsn(), found);
    }

    /**
     * Lets go of a deleted file, so that its space comes back; a feed that reads does so itself.
     */
    void dropDeleted() throws IOException {
        if (reading.tryLock()) {
            try {
                walk.dropDeleted();
            } finally {
                reading.unlock();
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        feeds.closed(this);
        reading.lock();
        try {
            walk.close();
        } catch (IOException afterReading) {
            return; // of a file that was only read nothing can be lost
        } finally {
            reading.unlock();
        }
    }
}
