package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseTest {

    private static List<String> names(Smilodon smilodon) {
        return smilodon.databases().stream().map(DatabaseSummary::name).toList();
    }

    private static List<String> names(Database database) {
        return database.collections().stream().map(CollectionSummary::name).toList();
    }

    @Test
    void databases_come_with_their_first_collection_or_by_themselves_and_stay() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            assertEquals(List.of(), names(smilodon));
            smilodon.database("b").collection("x").insertOne(doc("{}"));
            assertTrue(smilodon.createDatabase("a"));
            assertFalse(smilodon.createDatabase("a"));

            assertEquals(List.of("a", "b"), names(smilodon));
            assertEquals(List.of(), names(smilodon.database("a")));
            assertEquals(1, smilodon.databases().get(1).documentCount());
            assertTrue(smilodon.databases().get(1).sizeBytes() > 0);
        }
    }

    @Test
    void collections_are_listed_with_their_sizes_and_indexes() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Database database = smilodon.database("d");
            database.collection("b.c").insertOne(doc("{'a': 1}"));
            database.createCollection("a");
            database.collection("a").createIndex(doc("{'key': {'x': -1}}"));

            assertEquals(List.of("a", "b.c"), names(database));
            CollectionSummary first = database.collections().get(0);
            assertEquals(List.of("_id_", "x_-1"), first.indexNames());
            assertEquals(0, first.documentCount());
            assertEquals(
                    Optional.of(database.collections().get(1)), database.collection("b.c").stats());
        }
    }

    @Test
    void rule_119_creating_a_collection_again_is_refused_unless_its_options_are_the_same() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Database database = smilodon.database("d");

            assertTrue(database.createCollection("c"));
            assertFalse(database.createCollection("c"));
            assertCode(48, () -> database.createCollection("c", doc("{'validator': {'a': 1}}")));
            assertCode(72, () -> database.createCollection("e", doc("{'capped': true}")));
            assertCode(40415, () -> database.createCollection("e", doc("{'cpaped': true}")));
            assertCode(73, () -> database.createCollection("system.x"));
            assertEquals(List.of("c"), names(database));
        }
    }

    @Test
    void a_dropped_collection_leaves_nothing_behind() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            Database database = smilodon.database("d");
            DocumentCollection collection = database.collection("c");
            collection.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
            collection.insertOne(doc("{'_id': 1, 'a': 1}"));

            assertTrue(collection.drop());
            assertFalse(collection.drop());
            assertEquals(List.of(), names(database));
            assertEquals(0, collection.count(Document.EMPTY));

            collection.insertOne(doc("{'_id': 1, 'a': 1}"));
            assertEquals(1, collection.estimatedCount());
            assertEquals(1, collection.indexes().size());
        }
    }

    @Test
    void dropping_a_database_drops_its_collections_and_no_others() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            smilodon.database("d").collection("c").insertOne(doc("{}"));
            smilodon.database("d2").collection("c").insertOne(doc("{}"));

            assertTrue(smilodon.dropDatabase("d"));
            assertFalse(smilodon.dropDatabase("d"));

            assertEquals(List.of("d2"), names(smilodon));
            assertEquals(0, smilodon.database("d").collection("c").count(Document.EMPTY));
            assertEquals(1, smilodon.database("d2").collection("c").count(Document.EMPTY));
        }
    }

    @Test
    void names_follow_the_rules_of_mongodb() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            for (String bad :
                    List.of("", "a.b", "a b", "a$", "a/b", "a\\b", "a\"b", "x".repeat(64))) {
                assertCode(73, () -> smilodon.database(bad));
            }
            Database database = smilodon.database("x".repeat(63));
            for (String bad : List.of("", ".a", "a$b", "a\0b", "x".repeat(192))) {
                assertCode(73, () -> database.collection(bad));
            }
            database.collection("x".repeat(191)).insertOne(doc("{}"));
            database.collection("\u00fc \u540d.b").insertOne(doc("{}"));
            assertEquals(2, database.collections().size());
        }
    }

    @Test
    void everything_is_there_after_reopening(@TempDir Path directory) {
        try (Smilodon smilodon = Smilodon.open(directory)) {
            DocumentCollection collection = smilodon.database("d").collection("c");
            collection.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
            collection.insertOne(doc("{'_id': 1, 'a': [1, 2]}"));
            smilodon.checkpoint();
            collection.insertOne(doc("{'_id': 2, 'a': 3}"));
        }
        try (Smilodon smilodon = Smilodon.open(directory)) {
            DocumentCollection collection = smilodon.database("d").collection("c");
            assertEquals(2, collection.count(Document.EMPTY));
            assertEquals(2, collection.indexes().size());
            assertCode(11000, () -> collection.insertOne(doc("{'_id': 3, 'a': 2}")));
            assertEquals(
                    doc("{'_id': 2, 'a': 3}"), collection.findOne(doc("{'a': 3}")).orElseThrow());
            assertEquals(1, collection.count(doc("{'a': {'$gt': 1, '$lt': 2}}")));
        }
    }
}
