package io.smilodon.database.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CatalogTest {

    private static final Namespace NAMESPACE = new Namespace("d", "c");

    /** Uncommitted entries have the version of the next commit, whoever makes it. */
    @Test
    void what_a_transaction_gave_up_is_never_taken_for_what_another_committed() {
        Catalog catalog = new Catalog();
        Document lost = Document.of("who", Value.of("lost"));
        Document kept = Document.of("who", Value.of("kept"));
        try (KeyValueStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            try (Transaction loser = store.begin()) {
                catalog.create(NAMESPACE, lost, loser);
                assertEquals(lost, catalog.find(NAMESPACE, loser).orElseThrow().options());
            }
            try (Transaction winner = store.begin()) {
                catalog.create(NAMESPACE, kept, winner);
                winner.commit();
            }
            try (Snapshot snapshot = store.snapshot()) {
                assertEquals(kept, catalog.find(NAMESPACE, snapshot).orElseThrow().options());
            }
        }
    }
}
