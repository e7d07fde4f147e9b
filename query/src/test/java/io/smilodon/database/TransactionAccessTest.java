package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionAccessTest {

    private static final TransactionSettings DEFAULTS = TransactionSettings.DEFAULTS;

    private final Instance instance =
            Instance.start(
                    EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS),
                    new MemoryDirectory(),
                    DatabaseOptions.DEFAULTS);

    @AfterEach
    void close() {
        instance.close();
    }

    /** Who tries the commit again must not be told that it has happened. */
    @Test
    void a_commit_of_unknown_outcome_stays_unknown() {
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            TransactionRegistry registry = smilodon.transactions();
            String id = registry.begin(DEFAULTS);
            registry.use(id, own -> own.database("d").collection("c").insertOne(doc("{'_id': 1}")));
            directory.fail(
                    FaultRule.next(
                            FaultRule.Operation.SYNC, ".log", FaultRule.Fault.INPUT_OUTPUT_ERROR));

            for (int attempt = 0; attempt < 3; attempt++) {
                SmilodonException unknown =
                        assertThrows(SmilodonException.class, () -> registry.commit(id));
                assertEquals("CommitOutcomeUnknown", unknown.code().name());
                assertTrue(unknown.labels().contains(ErrorLabels.UNKNOWN_COMMIT));
            }
            assertCode(256, () -> registry.abort(id));
        }
    }

    /** Ten thousand that have ended are remembered; 64 MiB of writes each would be too much. */
    @Test
    void a_transaction_that_has_ended_keeps_nothing_in_memory() {
        WeakReference<Transaction> writes;
        TransactionAccess access;
        {
            Transaction transaction = instance.store().begin(TransactionOptions.SNAPSHOT);
            writes = new WeakReference<>(transaction);
            access = new TransactionAccess(instance, transaction);
        }
        access.abort();

        for (int attempt = 0; attempt < 100 && writes.get() != null; attempt++) {
            System.gc();
        }

        assertNull(writes.get());
        assertFalse(access.isActive());
    }

    @Test
    void a_cursor_that_another_thread_closes_is_let_go_by_the_thread_at_work() {
        TransactionAccess access =
                new TransactionAccess(
                        instance, instance.store().begin(TransactionOptions.SERIALIZABLE));
        AtomicBoolean isLetGo = new AtomicBoolean();
        DocumentCursor cursor = new DocumentCursor(access, read(isLetGo));
        access.enter();

        CompletableFuture.runAsync(cursor::close).join();

        assertFalse(isLetGo.get());
        access.leave();
        assertTrue(isLetGo.get());
        access.abort();
    }

    private OpenRead read(AtomicBoolean isLetGo) {
        Snapshot snapshot = instance.store().snapshot();
        Cursor nothing =
                new Cursor() {
                    @Override
                    public boolean advance() {
                        return false;
                    }

                    @Override
                    public Document current() {
                        return Document.EMPTY;
                    }

                    @Override
                    public void close() {
                        isLetGo.set(true);
                    }
                };
        return new OpenRead(
                new Namespace("d", "c"),
                Optional.empty(),
                new OpenRead.Source(nothing, () -> ""),
                OperationContext.unlimited(),
                snapshot);
    }

    @Test
    void a_transaction_in_use_when_the_registry_closes_is_aborted_afterwards() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            TransactionRegistry registry = smilodon.transactions();
            String id = registry.begin(DEFAULTS);

            DocumentTransaction used =
                    registry.use(
                            id,
                            own -> {
                                CompletableFuture.runAsync(registry::close).join();
                                assertTrue(own.isActive());
                                return own;
                            });

            assertFalse(used.isActive());
            assertEquals(0, registry.openCount());
        }
    }
}
