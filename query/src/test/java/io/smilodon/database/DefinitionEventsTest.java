package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.value;
import static io.smilodon.database.StreamEvents.all;
import static io.smilodon.database.StreamEvents.texts;
import static io.smilodon.database.StreamEvents.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.value.Document;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What change streams tell of collections and indexes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DefinitionEventsTest {

    private static final WatchOptions EXPANDED = WatchOptions.DEFAULTS.withExpandedEvents();
    private static final String FILMS = "'ns':{'db':'d','coll':'films'}";
    private static final String ID_INDEX = "'idIndex':{'v':2,'key':{'_id':1},'name':'_id_'}";

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection films;
    private ChangeStream stream;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        films = database.collection("films");
        stream = smilodon.watch(List.of(), EXPANDED);
    }

    @AfterEach
    void close() {
        stream.close();
        smilodon.close();
    }

    @Test
    void a_new_collection_is_told_with_its_options() {
        database.createCollection("films", doc("{'validator': {'a': 1}}"));
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        List<Document> events = all(stream);
        assertEquals(List.of("create", "insert"), types(events));
        assertEquals(
                "{'operationType':'create',"
                        + FILMS
                        + ",'operationDescription':{"
                        + ID_INDEX
                        + ",'validator':{'a':1},'validationLevel':'strict',"
                        + "'validationAction':'error'}}",
                texts(events).get(0));
    }

    @Test
    void a_collection_is_created_by_its_first_document_by_an_index_and_in_a_transaction() {
        database.collection("a").insertOne(Document.EMPTY);
        database.collection("b").createIndex(doc("{'key': {'x': 1}}"));
        smilodon.transaction(
                transaction -> transaction.database("d").collection("c").insertOne(Document.EMPTY));
        assertEquals(
                List.of("create", "insert", "create", "createIndexes", "create", "insert"),
                types(all(stream)));
    }

    @Test
    void indexes_are_told_once_they_can_be_used_and_when_they_are_dropped() {
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        films.insertOne(doc("{'_id': 2, 'a': 1}"));
        all(stream);
        films.createIndex(doc("{'key': {'a': 1}, 'sparse': true}"));
        films.createIndex(doc("{'key': {'a': 1}, 'sparse': true}"));
        Json.assertCode(11000, () -> films.createIndex(doc("{'key': {'a': -1}, 'unique': true}")));
        films.dropIndex(value("'*'"));
        String description =
                FILMS
                        + ",'operationDescription':{'indexes':[{'v':2,'key':{'a':1},'name':'a_1',"
                        + "'sparse':true}]}}";
        assertEquals(
                List.of(
                        "{'operationType':'createIndexes'," + description,
                        "{'operationType':'dropIndexes'," + description),
                texts(all(stream)));
    }

    @Test
    void a_changed_collection_is_told_with_what_it_was() {
        films.createIndex(doc("{'key': {'a': 1}}"));
        all(stream);
        database.modifyCollection("films", doc("{'validator': {'a': 1}}"));
        String hide = "{'index': {'hidden': true, 'keyPattern': {'a': 1}}}";
        database.modifyCollection("films", doc(hide));
        assertEquals(
                List.of(
                        "{'operationType':'modify',"
                                + FILMS
                                + ",'operationDescription':{'validator':{'a':1}},"
                                + "'stateBeforeChange':{'collectionOptions':{}}}",
                        "{'operationType':'modify',"
                                + FILMS
                                + ",'operationDescription':{'index':{'name':'a_1','hidden':true}},"
                                + "'stateBeforeChange':{'collectionOptions':{'validator':{'a':1},"
                                + "'validationLevel':'strict','validationAction':'error'},"
                                + "'indexOptions':{'hidden':false}}}"),
                texts(all(stream)));
    }

    @Test
    void a_changed_time_to_live_is_told_with_what_it_was() {
        films.createIndex(doc("{'key': {'at': 1}, 'expireAfterSeconds': 60}"));
        all(stream);
        String change = "{'index':{'name':'at_1','expireAfterSeconds':90,'hidden':true}}";
        database.modifyCollection("films", doc(change));
        assertEquals(
                List.of(
                        "{'operationType':'modify',"
                                + FILMS
                                + ",'operationDescription':"
                                + change
                                + ",'stateBeforeChange':{'collectionOptions':{},"
                                + "'indexOptions':{'expireAfterSeconds':60,'hidden':false}}}"),
                texts(all(stream)));
    }

    /** A rename in the place of another collection is one event, as with MongoDB. */
    @Test
    void a_rename_ends_the_streams_of_both_names() {
        films.insertOne(doc("{'_id': 1}"));
        DocumentCollection other = database.collection("other");
        other.insertOne(doc("{'_id': 2}"));
        all(stream);
        try (ChangeStream ofFilms = films.watch();
                ChangeStream ofOther = other.watch()) {
            films.rename(new Namespace("d", "other"), true);
            String to = "'to':{'db':'d','coll':'other'}";
            assertEquals(
                    List.of(
                            "{'operationType':'rename',"
                                    + FILMS
                                    + ","
                                    + to
                                    + ",'operationDescription':{"
                                    + to
                                    + ",'dropTarget':true}}"),
                    texts(all(stream)));
            for (ChangeStream ended : List.of(ofFilms, ofOther)) {
                List<Document> events = all(ended);
                assertEquals(List.of("rename", "invalidate"), types(events));
                assertEquals(
                        "{'operationType':'rename'," + FILMS + "," + to + "}",
                        texts(events).get(0));
                assertTrue(ended.hasEnded());
            }
        }
    }

    /** Whoever follows the collection must not believe that nothing has happened. */
    @Test
    void out_is_a_rename_from_a_temporary_collection() {
        films.insertMany(docs("{'_id': 1}", "{'_id': 2}"), true);
        all(stream);
        for (boolean isThere : List.of(false, true)) {
            try (ChangeStream ofTarget = database.collection("copy").watch();
                    ChangeStream ofDatabase = database.watch(List.of(), EXPANDED)) {
                films.aggregate(docs("{'$out': 'copy'}")).close();
                assertEquals(List.of("rename", "invalidate"), types(all(ofTarget)));
                List<Document> events = all(ofDatabase);
                assertEquals(List.of("rename"), types(events));
                assertEquals(
                        isThere,
                        ((Document) events.get(0).get("operationDescription")).has("dropTarget"));
            }
        }
        try (ChangeStream ofTarget = database.collection("copy").watch()) {
            database.collection("copy").insertOne(doc("{'_id': 3}"));
            assertEquals(List.of("insert"), types(all(ofTarget)));
        }
    }

    @Test
    void merge_with_a_pipeline_updates() {
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        all(stream);
        films.aggregate(
                        docs(
                                "{'$merge': {'into': 'films', 'whenMatched':"
                                        + " [{'$set': {'a': {'$add': ['$a', '$$new.a']}}}]}}"))
                .close();
        assertEquals(
                List.of(
                        "{'operationType':'update',"
                                + FILMS
                                + ",'documentKey':{'_id':1},'updateDescription':{"
                                + "'updatedFields':{'a':2},'removedFields':[],"
                                + "'truncatedArrays':[],'disambiguatedPaths':{}}}"),
                texts(all(stream)));
    }

    @Test
    void views_are_not_told_of() {
        database.createCollection("view", doc("{'viewOn': 'films', 'pipeline': []}"));
        database.modifyCollection("view", doc("{'viewOn': 'others', 'pipeline': []}"));
        database.dropCollection("view");
        assertEquals(List.of(), types(all(stream)));
    }

    /** All of it in the past: names of what is gone or called otherwise by now. */
    @Test
    void the_past_is_told_like_the_present() {
        Instant start = Instant.now();
        films.insertOne(doc("{'_id': 1}"));
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.rename(new Namespace("d", "movies"), false);
        films.insertOne(doc("{'_id': 2}"));
        database.collection("movies").rename(new Namespace("d", "films"), true);
        films.drop();
        films.insertOne(doc("{'_id': 3}"));
        films.aggregate(docs("{'$out': 'films'}")).close();
        smilodon.dropDatabase("d");
        films.insertOne(doc("{'_id': 4}"));
        List<Document> present = all(stream);
        assertEquals(
                List.of(
                        "create",
                        "insert",
                        "createIndexes",
                        "rename",
                        "create",
                        "insert",
                        "rename",
                        "drop",
                        "create",
                        "insert",
                        "rename",
                        "drop",
                        "dropDatabase",
                        "create",
                        "insert"),
                types(present));
        try (ChangeStream past = smilodon.watch(List.of(), EXPANDED.withStartAt(start))) {
            assertEquals(present, all(past));
        }
        for (int read = 0; read < present.size(); read++) {
            WatchOptions options = EXPANDED.withStartAfter(StreamEvents.token(present.get(read)));
            try (ChangeStream resumed = smilodon.watch(List.of(), options)) {
                assertEquals(present.subList(read + 1, present.size()), all(resumed));
            }
        }
    }
}
