package io.smilodon.engine.feed;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.manifest.ManifestState;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The change feeds of one store: begins them, wakes them, counts them. Thread-safe. */
public final class ChangeFeeds implements AutoCloseable {

    private final FeedSource source;
    private final Set<LogFeed> open = ConcurrentHashMap.newKeySet();
    private final LongAdder batches = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How many threads wait; changed under the lock, read without it by whoever commits. */
    private volatile int waiting;

    private volatile boolean isClosed;

    public ChangeFeeds(FeedSource source) {
        this.source = source;
    }

    /**
     * Begins a feed; close it.
     *
     * @throws SmilodonException {@code ChangeStreamHistoryLost} if the log does not go back so far,
     *     or has lost the commit of the token; {@code BadValue} if there is no such commit yet
     */
    public ChangeFeed open(FeedStart start) {
        requireOpen();
        LogFeed feed =
                switch (start) {
                    case FeedStart.AfterSequence after -> after(after.sequence());
                    case FeedStart.AfterToken after -> after(after.token());
                    case FeedStart.At at -> at(at.instant().toEpochMilli());
                };
        register(feed);
        return feed;
    }

    private void register(LogFeed feed) {
        lock.lock();
        try {
            requireOpen();
            if (open.size() >= Limits.CHANGE_FEEDS_MAX) {
                throw FeedErrors.tooMany(Limits.CHANGE_FEEDS_MAX);
            }
            open.add(feed);
        } finally {
            lock.unlock();
        }
    }

    private LogFeed after(long sequence) {
        long visible = source.visible().getAsLong();
        if (sequence < 0 || sequence > visible) {
            throw FeedErrors.future(Map.of("sequence", sequence, "newest", visible));
        }
        return new LogFeed(source, this, firstAfter(sequence, visible), 0);
    }

    private LogFeed after(FeedToken token) {
        long visible = source.visible().getAsLong();
        if (token.sequence() > visible) {
            throw FeedErrors.lost(token, Map.of("newest", visible));
        }
        requireKept(token.sequence(), visible);
        requireSame(token, reading(walk -> walk.header(token.sequence(), visible)));
        return new LogFeed(source, this, token.sequence() + 1, 0);
    }

    /** The commit of that number must be the one that the token was given for. */
    private static void requireSame(FeedToken token, LogReader.FrameHeader found) {
        if (found.type() != FrameType.COMMIT || found.stamp().millis() != token.millis()) {
            throw FeedErrors.lost(token, Map.of("found", found.stamp().millis()));
        }
    }

    /** A token can be held against its commit only as long as that is in the log. */
    private void requireKept(long sequence, long visible) {
        long oldest = oldest(visible) + 1;
        if (sequence < oldest) {
            throw FeedErrors.deleted(sequence, oldest);
        }
    }

    private LogFeed at(long millis) {
        long visible = source.visible().getAsLong();
        long oldest = oldest(visible);
        long known = source.times().sequenceAt(Instant.ofEpochMilli(millis - 1)).orElse(0);
        long before = Math.min(known, visible);
        if (before < oldest && !isBefore(oldest + 1, millis, visible)) {
            throw FeedErrors.deleted(before, oldest);
        }
        return new LogFeed(source, this, firstAfter(Math.max(before, oldest), visible), millis);
    }

    /** Whether the oldest frame is older than an instant: then so is all that is gone. */
    private boolean isBefore(long lsn, long millis, long visible) {
        return lsn <= visible
                && reading(walk -> walk.header(lsn, visible)).stamp().millis() < millis;
    }

    private long firstAfter(long sequence, long visible) {
        return sequence == visible
                ? visible + 1
                : reading(walk -> walk.batchStart(sequence + 1, visible));
    }

    private long oldest(long visible) {
        return LogWalk.oldest(source.manifest().state(), visible);
    }

    private interface Question<T> {
        T ask(LogWalk walk) throws IOException;
    }

    private <T> T reading(Question<T> question) {
        try (LogWalk walk = new LogWalk(source)) {
            return question.ask(walk);
        } catch (IOException failure) {
            throw FeedErrors.unreadable("log", failure);
        }
    }

    /** Wakes the feeds that wait; called by whoever commits, once commits are visible. */
    public void published() {
        if (waiting > 0) {
            wake();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is more than a feed has read, or until it is closed.
     *
     * @return false if the time is up, or the thread interrupted
     */
    boolean awaitVisible(LogFeed feed, long deadlineNanos) {
        lock.lock();
        try {
            waiting = waiting + 1;
            while (source.visible().getAsLong() < feed.nextLsn() && !feed.isClosed() && !isClosed) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting = waiting - 1;
            lock.unlock();
        }
    }

    void delivered() {
        batches.increment();
    }

    void closed(LogFeed feed) {
        open.remove(feed);
        wake();
    }

    void requireOpen() {
        if (isClosed) {
            throw FeedErrors.storeClosed();
        }
    }

    /** Lets feeds that nobody reads let go of deleted files. */
    public void dropDeleted() {
        for (LogFeed feed : open) {
            try {
                feed.dropDeleted();
            } catch (IOException afterReading) {
                continue; // of a file that was only read nothing can be lost
            }
        }
    }

    public FeedStatistics statistics() {
        ManifestState state = source.manifest().state();
        long visible = source.visible().getAsLong();
        long lag = 0;
        int count = 0;
        for (LogFeed feed : open) {
            lag = Math.max(lag, visible + 1 - feed.nextLsn());
            count++;
        }
        return new FeedStatistics(count, batches.sum(), lag, LogWalk.oldest(state, visible));
    }

    /** Ends all feeds, and with them every wait. */
    @Override
    public void close() {
        isClosed = true;
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        open.forEach(LogFeed::close);
    }
}
