package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.BackOff;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    private final FaultyDirectory disk = new FaultyDirectory();

    private static Thread thread(String name, Set<Thread> others) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name) && !others.contains(thread))
                .findAny()
                .orElseThrow();
    }

    private static void fill(EmbeddedStore store) {
        WriteBatch batch = new WriteBatch();
        for (int key = 0; key < COUNT; key++) {
            batch.put(new byte[] {1, (byte) (key >> 8), (byte) key}, new byte[1_000]);
        }
        store.write(batch);
    }

    /** Compaction takes a number for a pass of its own as soon as it is quiet. */
    @Test
    void who_poisons_while_a_log_is_made_waits_for_nobody_who_waits_for_it() throws Exception {
        StallingDirectory directory = new StallingDirectory(disk, name -> name.endsWith(".log"));
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (EmbeddedStore store = EmbeddedStore.open(directory, WITHOUT_HISTORY)) {
            Thread compaction = thread("smilodon-compaction", others);
            for (int round = 0; round < 3; round++) {
                fill(store);
                store.checkpoint();
            }
            directory.stall();
            CompletableFuture<Void> checkpoint = CompletableFuture.runAsync(store::checkpoint);
            directory.awaitStalled();
            while (compaction.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            disk.fail(FaultRule.always(Operation.SYNC_DIRECTORY, Fault.INPUT_OUTPUT_ERROR));
            directory.release();
            CompletionException failed = assertThrows(CompletionException.class, checkpoint::join);
            assertEquals(SmilodonException.class, failed.getCause().getClass());
            assertEquals(StoreState.Mode.POISONED, store.state().mode());
        }
    }

    @Test
    void the_thread_that_flushes_rests_afterwards() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (EmbeddedStore store = EmbeddedStore.open(disk, WITHOUT_HISTORY)) {
            Thread flushing = thread("smilodon-flush", others);
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
            int busy = 0;
            int samples = 0;
            while (System.nanoTime() - retry < BackOff.nanosAfter(1) / 2) {
                boolean isDue = System.nanoTime() - retry >= 0; // else it waits in any case
                busy += isDue && flushing.getState() == Thread.State.RUNNABLE ? 1 : 0;
                samples += isDue ? 1 : 0;
                Thread.yield();
            }
            assertTrue(busy < samples / 2, busy + " of " + samples);
        }
    }
}
