package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.BackOff;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a failed sync must not do to the store's threads. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoisonTest {

    private static final StorageOptions WITHOUT_HISTORY =
            StorageOptions.DEFAULTS.withRetention(
                    RetentionSettings.DEFAULTS.withHistoryMillis(0).withFeed(0, 0));
    private static final int COUNT = 8_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FaultyDirectory disk = new FaultyDirectory();

    /** All threads of the store, and no other's. */
    private final ThreadGroup group = new ThreadGroup("PoisonTest");

    private EmbeddedStore open(StorageDirectory directory) throws Exception {
        FutureTask<EmbeddedStore> opening =
                new FutureTask<>(() -> EmbeddedStore.open(directory, WITHOUT_HISTORY));
        new Thread(group, opening).start();
        return opening.get();
    }

    private Thread thread(String name) {
        Thread[] threads = new Thread[group.activeCount() + 10];
        return Arrays.stream(threads, 0, group.enumerate(threads))
                .filter(thread -> thread.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static boolean waitsForTheManifest(Thread compaction) {
        return compaction.getState() == Thread.State.BLOCKED
                && Arrays.stream(compaction.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("nextNumber"));
    }

    private static void fill(EmbeddedStore store) {
        WriteBatch batch = new WriteBatch();
        for (int key = 0; key < COUNT; key++) {
            batch.put(new byte[] {1, (byte) (key >> 8), (byte) key}, new byte[1_000]);
        }
        store.write(batch);
    }

    /**
     * Compaction takes a number for a pass of its own as soon as it is quiet, and no snapshot needs
     * what that would free.
     */
    @Test
    void who_poisons_while_a_log_is_made_waits_for_nobody_who_waits_for_it() throws Exception {
        StallingDirectory directory = new StallingDirectory(disk, name -> name.endsWith(".log"));
        try (EmbeddedStore store = open(directory)) {
            Thread compaction = thread("smilodon-compaction");
            Snapshot old = store.snapshot();
            for (int round = 0; round < 3; round++) {
                fill(store);
                store.checkpoint();
            }
            directory.stall();
            CompletableFuture<Void> checkpoint = CompletableFuture.runAsync(store::checkpoint);
            directory.awaitStalled();
            old.close();
            Await.until("compaction wants a number", () -> waitsForTheManifest(compaction));
            disk.fail(FaultRule.always(Operation.SYNC_DIRECTORY, Fault.INPUT_OUTPUT_ERROR));
            directory.release();
            CompletionException failed = assertThrows(CompletionException.class, checkpoint::join);
            assertEquals(SmilodonException.class, failed.getCause().getClass());
            assertEquals(StoreState.Mode.POISONED, store.state().mode());
        }
    }

    @Test
    void the_thread_that_flushes_rests_afterwards() throws Exception {
        try (EmbeddedStore store = open(disk)) {
            Thread flushing = thread("smilodon-flush");
            fill(store);
            disk.fail(
                    new FaultRule(
                            Set.of(Operation.SYNC_DIRECTORY),
                            name -> true,
                            1, // the new log's
                            Integer.MAX_VALUE,
                            Fault.INPUT_OUTPUT_ERROR));
            assertThrows(SmilodonException.class, store::checkpoint);
            assertEquals(StoreState.Mode.POISONED, store.state().mode());
            long retry = System.nanoTime() + BackOff.nanosAfter(1);
            Await.until("it would be tried again", () -> System.nanoTime() - retry > 0);
            long usedBefore = THREADS.getThreadCpuTime(flushing.threadId());
            spin(200_000_000);
            long used = THREADS.getThreadCpuTime(flushing.threadId()) - usedBefore;
            assertTrue(used < 200_000_000 / 5, used + " ns while this thread used 200 ms");
        }
    }

    /** However little of the processors this thread gets, another one that spins gets as much. */
    private static void spin(long nanos) {
        long start = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }
}
