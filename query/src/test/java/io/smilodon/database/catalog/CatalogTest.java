package io.smilodon.database.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CatalogTest {

    private static final Namespace NAMESPACE = new Namespace("d", "c");

    private static final List<String> INDEXES =
            List.of(
                    "{'key': {'a': 1}}",
                    "{'key': {'b': 1}, 'unique': true}",
                    "{'key': {'c': 1}, 'prepareUnique': true}",
                    "{'key': {'d': 'hashed'}}",
                    "{'key': {'e': 'text'}}",
                    "{'key': {'f': '2dsphere'}}",
                    "{'key': {'$**': 1}}");

    private static CollectionOptions ruled(String who) {
        Document rule = Document.of("who", Value.of(who));
        return CollectionOptions.NONE.withValidation(Validation.NONE.withRule(rule));
    }

    /** Uncommitted entries have the version of the next commit, whoever makes it. */
    @Test
    void what_a_transaction_gave_up_is_never_taken_for_what_another_committed() {
        Catalog catalog = new Catalog();
        CollectionOptions lost = ruled("lost");
        CollectionOptions kept = ruled("kept");
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

    @Test
    void an_entry_that_is_known_is_given_until_it_changes_and_to_older_views_as_it_was() {
        Catalog catalog = new Catalog();
        CollectionOptions first = ruled("first");
        CollectionOptions second = ruled("second");
        try (KeyValueStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            create(catalog, store, first);
            assertEquals(first, options(catalog, store));
            assertEquals(first, options(catalog, store));
            try (Snapshot before = store.snapshot()) {
                try (Transaction change = store.begin()) {
                    catalog.drop(catalog.find(NAMESPACE, change).orElseThrow(), change);
                    assertEquals(Optional.empty(), catalog.find(NAMESPACE, change));
                    change.commit();
                }
                try (Transaction after = store.begin()) {
                    assertEquals(Optional.empty(), catalog.find(NAMESPACE, after));
                }
                create(catalog, store, second);
                assertEquals(second, options(catalog, store));
                assertEquals(first, catalog.find(NAMESPACE, before).orElseThrow().options());
                assertEquals(second, options(catalog, store));
            }
        }
    }

    @Test
    void it_tells_of_each_index_that_it_meets_whether_its_entries_are_only_scanned() {
        Map<String, Boolean> told = new TreeMap<>();
        try (KeyValueStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            Map<String, Boolean> expected = new TreeMap<>();
            try (Transaction transaction = store.begin()) {
                Catalog catalog = new Catalog();
                CollectionEntry entry =
                        catalog.create(NAMESPACE, CollectionOptions.NONE, transaction);
                for (String index : INDEXES) {
                    int id = catalog.nextId(transaction);
                    Document specification = ExtendedJson.readDocument(index.replace('\'', '"'));
                    IndexDefinition definition = IndexDefinition.parse(specification).withId(id);
                    entry = entry.withIndex(IndexEntry.building(definition, NAMESPACE));
                    boolean isUnique = index.contains("'unique'") && !index.contains("prepare");
                    expected.put(hex(Keyspace.indexEntries(id)), !isUnique);
                }
                catalog.put(entry, transaction);
                transaction.commit();
            }
            Catalog catalog = new Catalog((prefix, isScanned) -> told.put(hex(prefix), isScanned));
            options(catalog, store);
            assertEquals(expected, told);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void create(Catalog catalog, KeyValueStore store, CollectionOptions options) {
        try (Transaction transaction = store.begin()) {
            catalog.create(NAMESPACE, options, transaction);
            transaction.commit();
        }
    }

    private static CollectionOptions options(Catalog catalog, KeyValueStore store) {
        try (Transaction transaction = store.begin()) {
            return catalog.find(NAMESPACE, transaction).orElseThrow().options();
        }
    }
}
