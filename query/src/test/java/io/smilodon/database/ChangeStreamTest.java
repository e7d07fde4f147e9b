package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.StreamEvents.all;
import static io.smilodon.database.StreamEvents.texts;
import static io.smilodon.database.StreamEvents.token;
import static io.smilodon.database.StreamEvents.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchOptions.Image;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamTest {

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection films = smilodon.database("cinema").collection("films");
    private final DocumentCollection people = smilodon.database("cinema").collection("people");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static int code(Runnable work) {
        return assertThrows(SmilodonException.class, work::run).code().number();
    }

    @Test
    void every_kind_of_change_of_a_document_is_an_event() {
        try (ChangeStream stream = films.watch()) {
            films.insertOne(doc("{'_id': 1, 'title': 'Heat', 'cast': {'lead': 'Pacino'}, 'n': 1}"));
            films.updateOne(
                    doc("{'_id': 1}"),
                    doc("{'$set': {'cast.lead': 'De Niro', 'n': 1}, '$unset': {'title': ''}}"));
            films.updateOne(doc("{'_id': 1}"), doc("{'$push': {'tags': 'crime'}}"));
            films.replaceOne(doc("{'_id': 1}"), doc("{'title': 'Ran'}"));
            films.updateOne(doc("{'_id': 1}"), doc("{'$set': {'title': 'Ran'}}"));
            films.deleteOne(doc("{'_id': 1}"));
            people.insertOne(doc("{'_id': 1}"));
            String place = "'ns':{'db':'cinema','coll':'films'},'documentKey':{'_id':1}";
            List<Document> events = all(stream);
            assertEquals(
                    List.of(
                            "{'operationType':'insert',"
                                    + place
                                    + ",'fullDocument':{'_id':1,'title':'Heat',"
                                    + "'cast':{'lead':'Pacino'},'n':1}}",
                            "{'operationType':'update',"
                                    + place
                                    + ",'updateDescription':{'updatedFields':"
                                    + "{'cast.lead':'De Niro'},'removedFields':['title'],"
                                    + "'truncatedArrays':[]}}",
                            "{'operationType':'update',"
                                    + place
                                    + ",'updateDescription':{'updatedFields':{'tags':['crime']},"
                                    + "'removedFields':[],'truncatedArrays':[]}}",
                            "{'operationType':'replace',"
                                    + place
                                    + ",'fullDocument':{'_id':1,'title':'Ran'}}",
                            "{'operationType':'delete'," + place + "}"),
                    texts(events));
            Document first = events.get(0);
            assertTrue(first.get("clusterTime") instanceof TimestampValue);
            assertTrue(first.get("wallTime") instanceof DateValue);
        }
    }

    private static List<Value> keys(List<Document> events) {
        return events.stream()
                .map(event -> ((Document) event.get("documentKey")).get("_id"))
                .toList();
    }

    @Test
    void events_come_in_the_order_of_the_statements() {
        films.insertOne(doc("{'_id': 5}"));
        people.insertOne(doc("{'_id': 8}"));
        try (ChangeStream stream = smilodon.watch(List.of(), WatchOptions.DEFAULTS)) {
            films.insertMany(
                    List.of(doc("{'_id': 3}"), doc("{'_id': 1}"), doc("{'_id': 2}")), true);
            assertEquals(List.of(Value.of(3), Value.of(1), Value.of(2)), keys(all(stream)));
            smilodon.transaction(
                    transaction -> {
                        Database own = transaction.database("cinema");
                        own.collection("people").insertOne(doc("{'_id': 9}"));
                        own.collection("films").deleteOne(doc("{'_id': 5}"));
                        own.collection("people").deleteOne(doc("{'_id': 8}"));
                        own.collection("films").insertOne(doc("{'_id': 4}"));
                        return own.collection("people")
                                .updateOne(doc("{'_id': 9}"), doc("{'$set': {'a': 1}}"));
                    });
            List<Document> events = all(stream);
            assertEquals(List.of(Value.of(9), Value.of(5), Value.of(8), Value.of(4)), keys(events));
            assertEquals(List.of("insert", "delete", "delete", "insert"), types(events));
        }
    }

    @Test
    void the_exact_type_of_an_id_is_kept() {
        films.insertOne(Document.of("_id", new DoubleValue(1)));
        try (ChangeStream stream = films.watch()) {
            films.deleteOne(doc("{'_id': 1}"));
            Document key = (Document) all(stream).get(0).get("documentKey");
            assertEquals(new DoubleValue(1), key.get("_id"));
        }
    }

    @Test
    void events_go_through_a_pipeline() {
        List<Document> pipeline =
                List.of(
                        doc("{'$match': {'fullDocument.year': {'$gt': 2000}}}"),
                        doc("{'$project': {'year': '$fullDocument.year'}}"));
        try (ChangeStream stream = films.watch(pipeline, WatchOptions.DEFAULTS)) {
            films.insertOne(doc("{'_id': 1, 'year': 1999}"));
            films.insertOne(doc("{'_id': 2, 'year': 2001}"));
            assertEquals(List.of("{'year':2001}"), texts(all(stream)));
        }
        List<Document> grouping = List.of(doc("{'$group': {'_id': 1}}"));
        assertEquals(20, code(() -> films.watch(grouping, WatchOptions.DEFAULTS)));
        List<Document> hiding = List.of(doc("{'$project': {'_id': 0}}"));
        try (ChangeStream stream = films.watch(hiding, WatchOptions.DEFAULTS)) {
            films.insertOne(doc("{'_id': 3}"));
            assertEquals(280, code(stream::poll));
        }
    }

    @Test
    void rule_124_dropping_a_collection_ends_its_stream_but_not_that_of_the_database() {
        films.insertOne(doc("{'_id': 1}"));
        Database cinema = smilodon.database("cinema");
        Instant before = Instant.now();
        try (ChangeStream ofFilms = films.watch();
                ChangeStream ofCinema = cinema.watch(List.of(), WatchOptions.DEFAULTS);
                ChangeStream ofAll = smilodon.watch(List.of(), WatchOptions.DEFAULTS)) {
            films.insertOne(doc("{'_id': 2}"));
            films.drop();
            films.insertOne(doc("{'_id': 3}"));
            List<Document> events = all(ofFilms);
            assertEquals(List.of("insert", "drop", "invalidate"), types(events));
            assertTrue(ofFilms.hasEnded());
            assertEquals(List.of("insert", "drop", "insert"), types(all(ofCinema)));
            Document end = token(events.get(2));
            assertEquals(
                    260,
                    code(() -> films.watch(List.of(), WatchOptions.DEFAULTS.withResumeAfter(end))));
            WatchOptions further = WatchOptions.DEFAULTS.withStartAfter(end);
            try (ChangeStream next = films.watch(List.of(), further)) {
                assertEquals(List.of("insert"), types(all(next)));
            }
            smilodon.dropDatabase("cinema");
            assertEquals(List.of("drop", "dropDatabase", "invalidate"), types(all(ofCinema)));
            assertTrue(ofCinema.hasEnded());
            assertEquals(
                    List.of("insert", "drop", "insert", "drop", "dropDatabase"), types(all(ofAll)));
            assertFalse(ofAll.hasEnded());
            WatchOptions past = WatchOptions.DEFAULTS.withStartAt(before);
            try (ChangeStream again = cinema.watch(List.of(), past)) {
                assertTrue(types(all(again)).contains("dropDatabase"), "names of what is gone");
            }
        }
    }

    @Test
    void created_collections_are_shown_where_asked_for() {
        WatchOptions options = WatchOptions.DEFAULTS.withExpandedEvents();
        try (ChangeStream stream = smilodon.watch(List.of(), options)) {
            films.insertOne(doc("{'_id': 1}"));
            assertEquals(List.of("create", "insert"), types(all(stream)));
        }
    }

    @Test
    void the_document_of_an_update_is_as_it_was_or_as_it_is() {
        films.insertOne(doc("{'_id': 1, 'n': 0}"));
        WatchOptions looking = WatchOptions.DEFAULTS.withFullDocument(Image.LOOKUP);
        WatchOptions then = WatchOptions.DEFAULTS.withFullDocument(Image.REQUIRED);
        try (ChangeStream now = films.watch(List.of(), looking);
                ChangeStream past = films.watch(List.of(), then)) {
            films.updateOne(doc("{'_id': 1}"), doc("{'$inc': {'n': 1}}"));
            films.updateOne(doc("{'_id': 1}"), doc("{'$inc': {'n': 1}}"));
            assertEquals(
                    List.of(doc("{'_id': 1, 'n': 2}"), doc("{'_id': 1, 'n': 2}")),
                    all(now).stream().map(event -> event.get("fullDocument")).toList());
            assertEquals(
                    List.of(doc("{'_id': 1, 'n': 1}"), doc("{'_id': 1, 'n': 2}")),
                    all(past).stream().map(event -> event.get("fullDocument")).toList());
        }
    }

    @Test
    void views_cannot_be_watched() {
        smilodon.database("cinema")
                .createCollection("view", doc("{'viewOn': 'films', 'pipeline': []}"));
        DocumentCollection view = smilodon.database("cinema").collection("view");
        assertEquals(166, code(view::watch));
    }

    /** Events before the one that is wrong are told, and no later one is. */
    @Test
    void an_error_about_an_event_ends_the_stream_at_that_event() {
        films.insertMany(List.of(doc("{'_id': 1}"), doc("{'_id': 2}"), doc("{'_id': 3}")), true);
        List<Document> dividing =
                List.of(doc("{'$addFields': {'a': {'$divide': [1, '$fullDocument.a']}}}"));
        try (ChangeStream stream = films.watch(dividing, WatchOptions.DEFAULTS)) {
            films.insertMany(
                    List.of(
                            doc("{'_id': 4, 'a': 1}"),
                            doc("{'_id': 5, 'a': 0}"),
                            doc("{'_id': 6, 'a': 1}")),
                    true);
            assertTrue(stream.poll().isPresent());
            Document before = stream.resumeToken();
            int first = code(stream::poll);
            assertEquals(first, code(stream::poll));
            assertEquals(before, stream.resumeToken());
        }
    }

    /** A reader in a hurry is not kept by a log that is full of others' changes. */
    @Test
    void looking_for_an_event_ends_with_the_time_although_there_is_more_to_read() {
        try (ChangeStream stream = films.watch()) {
            for (int id = 0; id < 50; id++) {
                people.insertOne(Document.of("_id", Value.of(id)));
            }
            films.insertOne(doc("{'_id': 1}"));
            Document start = stream.resumeToken();
            Optional<Document> event = Optional.empty();
            int calls = 0;
            while (event.isEmpty()) {
                event = stream.poll(Duration.ofNanos(1));
                calls++;
            }
            assertTrue(calls > 10, () -> "it stops to look");
            assertNotEquals(start, stream.resumeToken());
        }
    }

    @Test
    void waiting_ends_with_an_event_or_with_the_time() {
        try (ChangeStream stream = films.watch()) {
            assertTrue(stream.next(Duration.ofMillis(1)).isEmpty());
            Thread writer = Thread.ofVirtual().start(() -> films.insertOne(doc("{'_id': 1}")));
            assertTrue(stream.next(Duration.ofMinutes(1)).isPresent());
            assertFalse(stream.hasEnded());
            writer.interrupt();
        }
    }
}
