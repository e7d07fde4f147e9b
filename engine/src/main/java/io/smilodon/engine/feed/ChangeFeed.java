package io.smilodon.engine.feed;

import java.time.Duration;
import java.util.Optional;

/**
 * Committed batches in commit order, none missing and none twice, each once it is visible: with
 * {@code SyncMode.SYNC}, once it is durable. It reads the log's files itself, with no effect on
 * commits, and needs memory for one batch. It holds no files against their deletion: who is too
 * slow for the log's retention gets {@code ChangeStreamHistoryLost} (286), again at each call.
 *
 * <p>Both ways of asking throw {@code DataCorruptionDetected} where the log is damaged, and {@code
 * ShutdownInProgress} once the feed or its store is closed. After an error the feed stands where it
 * stood. Thread-safe; each batch goes to one of the threads that ask.
 */
public interface ChangeFeed extends AutoCloseable {

    /** The next batch, if there is one by now. */
    Optional<ChangeBatch> poll();

    /**
     * The next batch; waits for one if there is none.
     *
     * @param timeout how long at most
     * @return empty after that time, and at once if the thread is interrupted, whose flag stays set
     */
    Optional<ChangeBatch> next(Duration timeout);

    /**
     * Where to go on behind all that was read or passed over, also before the first batch. Its time
     * is 0 if the log no longer has that commit.
     */
    FeedToken token();

    /** Ends the feed; who waits for a batch is told so. */
    @Override
    void close();
}
