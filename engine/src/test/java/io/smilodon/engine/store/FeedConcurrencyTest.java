package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.FileDirectory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds that follow many writers live. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedConcurrencyTest {

    private static final int WRITERS = 16;
    private static final int COMMITS = 250;
    private static final int FOLLOWERS = 3;

    @TempDir Path folder;

    private final Map<Long, Long> written = new ConcurrentSkipListMap<>();

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void followers_see_every_commit_of_many_writers_in_order(SyncMode mode) throws Exception {
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(mode)
                        .withLogFileBytesMax(20_000)
                        .withMemtableBytesMax(60_000)
                        .withSegmentCountMax(2);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + FOLLOWERS);
        try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(folder), options)) {
            List<Future<Map<Long, Long>>> followers = new ArrayList<>();
            for (int follower = 0; follower < FOLLOWERS; follower++) {
                int number = follower;
                followers.add(threads.submit(() -> follow(store, number)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(threads.submit(() -> write(store, number)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<Map<Long, Long>> follower : followers) {
                assertEquals(written, follower.get());
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private void write(EmbeddedStore store, int writer) {
        Random random = new Random(writer);
        for (int count = 0; count < COMMITS; count++) {
            long number = (long) count * WRITERS + writer;
            byte[] key = {1, (byte) random.nextInt(50)};
            ByteBuffer value = ByteBuffer.allocate(8 + random.nextInt(300)).putLong(number);
            WriteBatch batch = new WriteBatch().put(key, value.array());
            batch.note(ByteBuffer.allocate(8).putLong(number).array());
            written.put(store.write(batch), number);
        }
    }

    /** The first follower never lets go; the others stop and resume, or are interrupted. */
    private static Map<Long, Long> follow(EmbeddedStore store, int follower) {
        Map<Long, Long> seen = new TreeMap<>();
        Random random = new Random(follower);
        long last = 0;
        Optional<FeedToken> token = Optional.empty();
        while (seen.size() < WRITERS * COMMITS) {
            try (ChangeFeed feed =
                    token.map(store::changesSince).orElseGet(() -> store.changesSince(0))) {
                int rest = follower == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(200);
                while (rest > 0 && seen.size() < WRITERS * COMMITS) {
                    if (follower == 2 && random.nextInt(10) == 0) {
                        Thread.currentThread().interrupt();
                    }
                    Optional<ChangeBatch> batch = feed.next(Duration.ofSeconds(1));
                    Thread.interrupted();
                    if (batch.isPresent()) {
                        long sequence = batch.get().sequence();
                        assertTrue(sequence > last, "in order");
                        assertTrue(store.statistics().sequence() >= sequence, "visible");
                        last = sequence;
                        token = Optional.of(batch.get().token());
                        seen.put(sequence, ByteBuffer.wrap(batch.get().notes().get(0)).getLong());
                    }
                    rest--;
                }
            }
        }
        return seen;
    }
}
