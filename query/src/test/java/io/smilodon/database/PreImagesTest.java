package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.StreamEvents.all;
import static io.smilodon.database.StreamEvents.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchOptions.Image;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents as they were before a change, of collections that keep them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreImagesTest {

    private static final String KEPT = "{'changeStreamPreAndPostImages': {'enabled': true}}";
    private static final WatchOptions REQUIRED =
            WatchOptions.DEFAULTS.withBeforeChange(Image.REQUIRED);

    private final Smilodon smilodon = Smilodon.inMemory();
    private final Database database = smilodon.database("d");
    private final DocumentCollection films = database.collection("films");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static List<Value> before(List<Document> events) {
        return events.stream().map(event -> event.get("fullDocumentBeforeChange")).toList();
    }

    private static void changeInEveryWay(DocumentCollection collection) {
        collection.insertOne(doc("{'_id': 1, 'a': [1]}"));
        collection.updateOne(doc("{'_id': 1}"), doc("{'$push': {'a': 2}}"));
        collection.replaceOne(doc("{'_id': 1}"), doc("{'b': 1}"));
        collection.deleteOne(doc("{'_id': 1}"));
    }

    private static final List<Document> IMAGES =
            docs("{'_id': 1, 'a': [1]}", "{'_id': 1, 'a': [1, 2]}", "{'_id': 1, 'b': 1}");

    @Test
    void updates_replacements_and_deletes_have_one_inserts_have_none() {
        database.createCollection("films", doc(KEPT));
        try (ChangeStream stream = films.watch(List.of(), REQUIRED)) {
            changeInEveryWay(films);
            List<Document> events = all(stream);
            assertEquals(List.of("insert", "update", "replace", "delete"), types(events));
            assertFalse(events.get(0).has("fullDocumentBeforeChange"));
            assertEquals(IMAGES, before(events.subList(1, 4)));
        }
        try (ChangeStream stream = films.watch()) {
            changeInEveryWay(films);
            assertFalse(all(stream).get(1).has("fullDocumentBeforeChange"), "nobody asked");
        }
    }

    @Test
    void what_was_not_kept_is_null_or_an_error_that_ends_the_stream() {
        WatchOptions available = WatchOptions.DEFAULTS.withBeforeChange(Image.WHEN_AVAILABLE);
        try (ChangeStream one = films.watch(List.of(), available);
                ChangeStream other = films.watch(List.of(), REQUIRED)) {
            changeInEveryWay(films);
            List<Document> events = all(one);
            assertEquals(NullValue.INSTANCE, events.get(1).get("fullDocumentBeforeChange"));
            assertEquals(NullValue.INSTANCE, events.get(3).get("fullDocumentBeforeChange"));
            assertEquals("insert", StreamEvents.type(other.poll().orElseThrow()));
            assertCode(47, other::poll);
            assertCode(47, other::poll);
        }
    }

    @Test
    void the_image_is_that_of_before_the_transaction() {
        database.createCollection("films", doc(KEPT));
        films.insertMany(docs("{'_id': 1, 'a': 1}", "{'_id': 2}", "{'_id': 3}"), true);
        try (ChangeStream stream = films.watch(List.of(), REQUIRED)) {
            smilodon.transaction(
                    transaction -> {
                        DocumentCollection own = transaction.database("d").collection("films");
                        own.updateOne(doc("{'_id': 1}"), doc("{'$inc': {'a': 1}}"));
                        own.updateOne(doc("{'_id': 1}"), doc("{'$inc': {'a': 1}}"));
                        own.updateOne(doc("{'_id': 2}"), doc("{'$set': {'a': 1}}"));
                        own.deleteOne(doc("{'_id': 2}"));
                        own.deleteOne(doc("{'_id': 3}"));
                        own.insertOne(doc("{'_id': 3, 'a': 1}"));
                        own.insertOne(doc("{'_id': 4}"));
                        return own.updateOne(doc("{'_id': 4}"), doc("{'$set': {'a': 1}}"));
                    });
            List<Document> events = all(stream);
            assertEquals(List.of("update", "delete", "insert", "insert"), types(events));
            assertEquals(docs("{'_id': 1, 'a': 1}", "{'_id': 2}"), before(events.subList(0, 2)));
        }
    }

    @Test
    void images_survive_the_process_and_follow_their_collection(@TempDir Path directory) {
        Document token;
        try (Smilodon first = Smilodon.open(directory)) {
            first.database("d").createCollection("films", doc(KEPT));
            DocumentCollection own = first.database("d").collection("films");
            try (ChangeStream stream = own.watch()) {
                token = stream.resumeToken();
            }
            changeInEveryWay(own);
        }
        try (Smilodon second = Smilodon.open(directory)) {
            DocumentCollection own = second.database("d").collection("films");
            try (ChangeStream stream = own.watch(List.of(), REQUIRED.withResumeAfter(token))) {
                assertEquals(IMAGES, before(all(stream).subList(1, 4)));
                own.insertOne(doc("{'_id': 2}"));
                own.updateMany(Document.EMPTY, doc("{'$set': {'a': 1}}"));
                assertEquals(docs("{'_id': 2}"), before(all(stream).subList(1, 2)));
            }
            second.database("d")
                    .modifyCollection(
                            "films", doc("{'changeStreamPreAndPostImages': {'enabled': false}}"));
            try (ChangeStream stream = own.watch(List.of(), REQUIRED)) {
                own.deleteMany(Document.EMPTY);
                assertCode(47, stream::poll);
            }
        }
    }

    @Test
    void findAndModify_and_merge_keep_them_too() {
        database.createCollection("films", doc(KEPT));
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        try (ChangeStream stream = films.watch(List.of(), REQUIRED)) {
            films.findOneAndUpdate(
                    doc("{'_id': 1}"), doc("{'$set': {'a': 2}}"), FindAndModifyOptions.DEFAULTS);
            films.aggregate(docs("{'$set': {'a': 3}}", "{'$merge': 'films'}")).close();
            assertEquals(docs("{'_id': 1, 'a': 1}", "{'_id': 1, 'a': 2}"), before(all(stream)));
        }
    }
}
