package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchOptions.Image;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamTest {

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection films = smilodon.database("cinema").collection("films");
    private final DocumentCollection people = smilodon.database("cinema").collection("people");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static List<Document> all(ChangeStream stream) {
        List<Document> events = new ArrayList<>();
        Optional<Document> event = stream.poll();
        while (event.isPresent()) {
            events.add(event.get());
            event = stream.poll();
        }
        return events;
    }

    /** The events without what differs from run to run. */
    private static List<String> texts(List<Document> events) {
        return events.stream()
                .map(event -> event.without("_id").without("clusterTime").without("wallTime"))
                .map(event -> ExtendedJson.write(event, JsonMode.PLAIN).replace('"', '\''))
                .toList();
    }

    private static List<String> types(List<Document> events) {
        return events.stream()
                .map(event -> ((StringValue) event.get("operationType")).value())
                .toList();
    }

    private static Document token(Document event) {
        return (Document) event.get("_id");
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
    void a_stream_resumes_behind_any_event_of_a_transaction() {
        films.insertOne(doc("{'_id': 0}"));
        try (ChangeStream stream = films.watch()) {
            smilodon.transaction(
                    transaction -> {
                        DocumentCollection own = transaction.database("cinema").collection("films");
                        for (int id = 1; id <= 3; id++) {
                            own.insertOne(Document.of("_id", Value.of(id)));
                        }
                        own.updateOne(doc("{'_id': 2}"), doc("{'$set': {'a': 1}}"));
                        own.updateOne(doc("{'_id': 0}"), doc("{'$set': {'a': 1}}"));
                        return own.updateOne(doc("{'_id': 0}"), doc("{'$set': {'b': 2}}"));
                    });
            films.insertOne(doc("{'_id': 9}"));
            List<Document> events = all(stream);
            assertEquals(List.of("update", "insert", "insert", "insert", "insert"), types(events));
            assertTrue(texts(events).get(0).contains("'updatedFields':{'a':1,'b':2}"));
            for (int read = 0; read < events.size(); read++) {
                Document token = token(events.get(read));
                for (WatchOptions options :
                        List.of(
                                WatchOptions.DEFAULTS.withResumeAfter(token),
                                WatchOptions.DEFAULTS.withStartAfter(token))) {
                    try (ChangeStream resumed = films.watch(List.of(), options)) {
                        assertEquals(events.subList(read + 1, events.size()), all(resumed));
                    }
                }
            }
        }
    }

    @Test
    void a_token_survives_the_process(@TempDir Path directory) {
        Document token;
        try (Smilodon first = Smilodon.open(directory)) {
            DocumentCollection own = first.database("d").collection("c");
            try (ChangeStream stream = own.watch()) {
                own.insertOne(doc("{'_id': 1}"));
                token = token(all(stream).get(0));
                own.insertOne(doc("{'_id': 2}"));
            }
        }
        try (Smilodon second = Smilodon.open(directory)) {
            DocumentCollection own = second.database("d").collection("c");
            own.insertOne(doc("{'_id': 3}"));
            WatchOptions options = WatchOptions.DEFAULTS.withResumeAfter(token);
            try (ChangeStream stream = own.watch(List.of(), options)) {
                assertEquals(2, all(stream).size());
            }
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
    void rule_124_what_is_no_longer_in_the_log_is_an_error(@TempDir Path directory) {
        StorageOptions storage = StorageOptions.DEFAULTS;
        storage = storage.withRetention(storage.retention().withFeed(0, 0));
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withStorage(storage);
        try (Smilodon own = Smilodon.open(directory, options)) {
            DocumentCollection numbers = own.database("d").collection("c");
            Document token;
            try (ChangeStream stream = numbers.watch()) {
                numbers.insertOne(doc("{'_id': 1}"));
                token = token(all(stream).get(0));
            }
            for (int id = 2; id < 5; id++) {
                numbers.insertOne(Document.of("_id", Value.of(id)));
                own.checkpoint();
            }
            WatchOptions late = WatchOptions.DEFAULTS.withResumeAfter(token);
            assertEquals(286, code(() -> numbers.watch(List.of(), late)));
        }
    }

    @Test
    void rule_124_wrong_beginnings_are_refused() {
        WatchOptions malformed = WatchOptions.DEFAULTS.withResumeAfter(doc("{'_data': 'zz'}"));
        assertEquals(260, code(() -> films.watch(List.of(), malformed)));
        WatchOptions two = malformed.withStartAt(Instant.EPOCH);
        assertEquals(40674, code(() -> films.watch(List.of(), two)));
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
