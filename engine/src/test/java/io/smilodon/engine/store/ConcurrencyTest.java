package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConcurrencyTest {

    private static final int THREADS = 8;
    private static final StorageOptions SMALL =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(50_000)
                    .withSegmentCountMax(2)
                    .withRetention(RetentionSettings.DEFAULTS.withHistoryMillis(0));

    private static byte[] key(int number) {
        return new byte[] {1, (byte) number};
    }

    private static long number(ReadView view, byte[] key) {
        return view.get(key).map(found -> ByteBuffer.wrap(found.value()).getLong()).orElse(0L);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private interface Work {
        void run(Transaction transaction);
    }

    private static void retry(KeyValueStore store, Work work) {
        boolean isDone = false;
        while (!isDone) {
            try (Transaction transaction = store.begin()) {
                work.run(transaction);
                transaction.commit();
                isDone = true;
            } catch (SmilodonException error) {
                assertEquals(ErrorCode.WRITE_CONFLICT, error.code(), error.getMessage());
            }
        }
    }

    private static void inThreads(int threads, Callable<Void> work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int index = 0; index < threads; index++) {
                running.add(pool.submit(work));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        }
    }

    @Test
    void counters_incremented_by_many_threads_lose_nothing() throws Exception {
        MemoryDirectory directory = new MemoryDirectory();
        int rounds = 300;
        try (KeyValueStore store = EmbeddedStore.open(directory, SMALL)) {
            inThreads(
                    THREADS,
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            byte[] key = key(round % 3);
                            retry(
                                    store,
                                    transaction ->
                                            transaction.put(
                                                    key, bytes(number(transaction, key) + 1)));
                        }
                        return null;
                    });
        }
        try (KeyValueStore store = EmbeddedStore.open(directory, SMALL);
                Snapshot snapshot = store.snapshot()) {
            long total = 0;
            for (int counter = 0; counter < 3; counter++) {
                total += number(snapshot, key(counter));
            }
            assertEquals((long) THREADS * rounds, total);
        }
    }

    @Test
    void every_snapshot_sees_the_same_bank_total() throws Exception {
        int accounts = 20;
        try (KeyValueStore store = EmbeddedStore.open(new MemoryDirectory(), SMALL)) {
            WriteBatch opening = new WriteBatch();
            for (int account = 0; account < accounts; account++) {
                opening.put(key(account), bytes(100));
            }
            store.write(opening);
            AtomicBoolean isOver = new AtomicBoolean();
            Thread reader =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (!isOver.get()) {
                                            assertTotal(store, accounts);
                                        }
                                    });
            List<Throwable> problems = new ArrayList<>();
            reader.setUncaughtExceptionHandler((thread, problem) -> problems.add(problem));
            try {
                inThreads(4, () -> transfer(store, accounts));
            } finally {
                isOver.set(true);
            }
            reader.join();
            assertEquals(List.of(), problems);
            assertTotal(store, accounts);
        }
    }

    private static Void transfer(KeyValueStore store, int accounts) {
        Random random = new Random(Thread.currentThread().threadId());
        for (int round = 0; round < 400; round++) {
            byte[] from = key(random.nextInt(accounts));
            byte[] to = key(random.nextInt(accounts));
            retry(
                    store,
                    transaction -> {
                        transaction.put(from, bytes(number(transaction, from) - 1));
                        transaction.put(to, bytes(number(transaction, to) + 1));
                    });
        }
        return null;
    }

    private static void assertTotal(KeyValueStore store, int accounts) {
        try (Snapshot snapshot = store.snapshot()) {
            for (Direction direction : Direction.values()) {
                long total = 0;
                int count = 0;
                try (KeyCursor cursor = snapshot.cursor(KeyRange.all(), direction)) {
                    while (cursor.advance()) {
                        total += ByteBuffer.wrap(cursor.value()).getLong();
                        count++;
                    }
                }
                assertEquals(accounts, count);
                assertEquals(100L * accounts, total);
            }
        }
    }

    @Test
    void writers_that_wait_together_share_a_sync(@TempDir Path path) throws Exception {
        try (EmbeddedStore store =
                EmbeddedStore.open(FileDirectory.open(path), StorageOptions.DEFAULTS)) {
            inThreads(
                    THREADS,
                    () -> {
                        byte[] own = {1, (byte) Thread.currentThread().threadId(), 7};
                        for (int round = 0; round < 60; round++) {
                            store.write(new WriteBatch().put(own, bytes(round)));
                        }
                        return null;
                    });
            StoreStatistics statistics = store.statistics();
            assertEquals(THREADS * 60L, statistics.commits());
            assertTrue(
                    statistics.syncs() < statistics.commits(),
                    () -> statistics.syncs() + " syncs for " + statistics.commits());
        }
    }

    @Test
    void a_pinned_snapshot_survives_flushes_merges_and_retired_prefixes() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), SMALL)) {
            for (int number = 0; number < 50; number++) {
                store.write(new WriteBatch().put(new byte[] {9, (byte) number}, new byte[10]));
            }
            try (Snapshot pinned = store.snapshot()) {
                retry(store, transaction -> transaction.retire(new byte[] {9}));
                for (int round = 0; round < 6; round++) {
                    store.write(new WriteBatch().put(key(round), bytes(round)));
                    store.checkpoint();
                }
                store.compact(Progress.SILENT);
                assertEquals(50, count(pinned, new byte[] {9}));
            }
            try (Snapshot now = store.snapshot()) {
                assertEquals(0, count(now, new byte[] {9}), "merged away");
                assertEquals(6, count(now, new byte[] {1}));
            }
        }
    }

    private static int count(Snapshot snapshot, byte[] prefix) {
        int count = 0;
        try (KeyCursor cursor = snapshot.cursor(KeyRange.prefix(prefix), Direction.BACKWARD)) {
            while (cursor.advance()) {
                count++;
            }
        }
        return count;
    }
}
