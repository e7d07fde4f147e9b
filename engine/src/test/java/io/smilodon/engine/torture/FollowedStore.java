package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.FaultyDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbered commits that a change feed follows until the machine stops; and what feeds must give
 * then: the commits that are left, and for whoever followed either what comes next or the news that
 * its commit was lost. Not thread-safe.
 */
final class FollowedStore {

    private static final int COMMITS = 24;
    private static final int MORE = 4;

    /** What a machine that stops is no reason for. */
    private static final Set<ErrorCode> FEED_ERRORS =
            Set.of(ErrorCode.DATA_CORRUPTION_DETECTED, ErrorCode.CHANGE_STREAM_HISTORY_LOST);

    private final SyncMode mode;
    private final long seed;
    private final AtomicLong millis = new AtomicLong(1_000);
    private final List<ChangeBatch> followed = new ArrayList<>();
    private int acknowledged;
    private int openings;

    FollowedStore(SyncMode mode, long seed) {
        this.mode = mode;
        this.seed = seed;
    }

    private EmbeddedStore open(FaultyDirectory directory) {
        openings++;
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(mode)
                        .withSyncIntervalMillis(10)
                        .withMemtableBytesMax(3_000)
                        .withLogFileBytesMax(1_000)
                        .withSegmentCountMax(2);
        long markDelay = seed % 2 == 0 ? 0 : Long.MAX_VALUE;
        return SeededStores.open(
                directory,
                options,
                new SeededStores.Tuning(seed * 100 + openings, markDelay, 300),
                millis::incrementAndGet);
    }

    private static WriteBatch batch(int number) {
        String text = Integer.toString(number);
        return new WriteBatch()
                .put(
                        NumberedCommits.bytes("k" + number % 5),
                        NumberedCommits.bytes(text.repeat(number % 6 == 0 ? 400 : 1)))
                .note(NumberedCommits.bytes(text));
    }

    private static int number(ChangeBatch batch) {
        return Integer.parseInt(new String(batch.notes().get(0), StandardCharsets.UTF_8));
    }

    /** Commits and follows until the directory's machine stops; true if it did not. */
    boolean run(FaultyDirectory directory) {
        Random random = new Random(seed);
        try (EmbeddedStore store = open(directory);
                ChangeFeed feed = store.changesSince(0)) {
            for (int number = 1; number <= COMMITS; number++) {
                store.write(batch(number));
                acknowledged = number;
                drain(feed, followed);
                require(followed.size() == number, "acknowledged " + number + " is not in it");
                if (random.nextInt(10) == 0) {
                    store.checkpoint();
                }
            }
        } catch (SmilodonException stopped) {
            require(!FEED_ERRORS.contains(stopped.code()), stopped.getMessage());
            return false;
        }
        return true;
    }

    private static void drain(ChangeFeed feed, List<ChangeBatch> batches) {
        for (Optional<ChangeBatch> next = feed.poll(); next.isPresent(); next = feed.poll()) {
            batches.add(next.get());
        }
    }

    private static List<ChangeBatch> all(EmbeddedStore store) {
        List<ChangeBatch> batches = new ArrayList<>();
        try (ChangeFeed feed = store.changesSince(0)) {
            drain(feed, batches);
        }
        return batches;
    }

    /**
     * Looks at what is left, and goes on.
     *
     * @throws AssertionError if a feed is wrong
     */
    void verify(FaultyDirectory left) {
        List<ChangeBatch> kept;
        try (EmbeddedStore store = open(left)) {
            kept = all(store);
            for (int index = 0; index < kept.size(); index++) {
                require(number(kept.get(index)) == index + 1, "not commit " + (index + 1));
            }
            require(mode != SyncMode.SYNC || kept.size() >= acknowledged, "one is missing");
            resumeEach(store, kept);
            while (kept.size() < COMMITS + MORE) {
                store.write(batch(kept.size() + 1));
                kept = all(store);
            }
            resumeEach(store, kept);
        }
        try (EmbeddedStore store = open(left)) {
            require(tokens(kept).equals(tokens(all(store))), "another list after reopening");
            resumeEach(store, kept);
        }
    }

    private static List<FeedToken> tokens(List<ChangeBatch> batches) {
        return batches.stream().map(ChangeBatch::token).toList();
    }

    /** Goes on from each batch that was followed before the crash. */
    private void resumeEach(EmbeddedStore store, List<ChangeBatch> kept) {
        List<FeedToken> there = tokens(kept);
        for (ChangeBatch batch : followed) {
            int index = there.indexOf(batch.token());
            Optional<List<FeedToken>> rest = rest(store, batch.token());
            Optional<List<FeedToken>> right =
                    index < 0
                            ? Optional.empty()
                            : Optional.of(there.subList(index + 1, there.size()));
            require(rest.equals(right), "behind " + batch.token() + " " + rest + ", not " + right);
        }
    }

    /** What follows a token; empty if its commit was lost. */
    private static Optional<List<FeedToken>> rest(EmbeddedStore store, FeedToken token) {
        List<ChangeBatch> rest = new ArrayList<>();
        try (ChangeFeed feed = store.changesSince(token)) {
            drain(feed, rest);
        } catch (SmilodonException lost) {
            if (!lost.code().equals(ErrorCode.CHANGE_STREAM_HISTORY_LOST)) {
                throw lost;
            }
            return Optional.empty();
        }
        return Optional.of(tokens(rest));
    }

    private void require(boolean isRight, String otherwise) {
        if (!isRight) {
            throw new AssertionError(mode + " seed " + seed + ": " + otherwise);
        }
    }
}
