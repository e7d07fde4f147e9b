package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.LogStatistics;
import io.smilodon.engine.store.StoreState.Mode;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a store tells those who watch it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreStateTest {

    private final FaultyDirectory directory = new FaultyDirectory();
    private final EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);

    @AfterEach
    void close() {
        directory.heal();
        store.close();
    }

    private static WriteBatch batch(int key) {
        return new WriteBatch().put(new byte[] {9, (byte) key}, new byte[100]);
    }

    @Test
    void a_store_is_writable_until_a_sync_fails_and_tells_so_once() {
        AtomicInteger told = new AtomicInteger();
        store.onPoison(told::incrementAndGet);
        assertEquals(StoreState.WRITABLE, store.state());

        directory.fail(FaultRule.always(Operation.SYNC, Fault.INPUT_OUTPUT_ERROR));
        assertThrows(SmilodonException.class, () -> store.write(batch(1)));
        assertThrows(SmilodonException.class, () -> store.write(batch(2)));

        assertEquals(Mode.POISONED, store.state().mode());
        assertTrue(store.state().reason().contains("failed sync"), store.state().reason());
        assertEquals(1, told.get());
        store.onPoison(told::incrementAndGet);
        assertEquals(2, told.get(), "who comes late is told at once");
    }

    @Test
    void the_log_counts_commits_groups_bytes_and_syncs() {
        LogStatistics before = store.statistics().log();
        for (int key = 0; key < 5; key++) {
            store.write(batch(key));
        }
        LogStatistics after = store.statistics().log();

        assertEquals(5, after.commits() - before.commits());
        assertEquals(5, after.groups() - before.groups());
        assertEquals(5, after.syncs() - before.syncs());
        assertTrue(after.bytes() - before.bytes() > 5 * 100);
        assertTrue(after.syncNanos() > before.syncNanos());
        assertEquals(after.syncs(), after.syncLatencies().getLast().count());
        assertTrue(after.syncNanosAt(0.5) <= after.syncNanosAt(0.99));
    }

    @Test
    void snapshots_are_counted_while_they_are_open() {
        assertEquals(0, store.statistics().snapshots().open());
        try (Snapshot first = store.snapshot();
                Transaction second = store.begin()) {
            assertTrue(first.sequence() <= second.snapshotSequence());
            assertEquals(2, store.statistics().snapshots().open());
            store.write(batch(1));
            store.checkpoint();
            assertEquals(2, store.statistics().snapshots().open());
        }
        assertEquals(0, store.statistics().snapshots().open());
    }
}
