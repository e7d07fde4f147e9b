package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.StreamEvents.all;
import static io.smilodon.database.StreamEvents.texts;
import static io.smilodon.database.StreamEvents.token;
import static io.smilodon.database.StreamEvents.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where streams begin, and where they go on after a break. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamResumeTest {

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection films = smilodon.database("cinema").collection("films");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static WatchOptions after(Document token) {
        return WatchOptions.DEFAULTS.withResumeAfter(token);
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
            assertEquals(List.of("insert", "insert", "insert", "update", "insert"), types(events));
            assertTrue(texts(events).get(3).contains("'updatedFields':{'a':1,'b':2}"));
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
            assertCode(286, () -> numbers.watch(List.of(), late));
        }
    }

    @Test
    void rule_124_wrong_tokens_are_refused() {
        for (String token : List.of("{'_data': 'zz'}", "{'_data': ''}", "{'_data': '8100'}")) {
            assertCode(260, () -> films.watch(List.of(), after(doc(token))));
        }
        assertCode(40647, () -> films.watch(List.of(), after(doc("{'_data': 1}"))));
    }

    @Test
    void a_stream_can_be_resumed_before_it_has_seen_anything() {
        films.insertOne(doc("{'_id': 1}"));
        for (boolean isReadFirst : List.of(true, false)) {
            Document token;
            try (ChangeStream stream = films.watch()) {
                assertTrue(!isReadFirst || stream.poll().isEmpty());
                token = stream.resumeToken();
            }
            films.replaceOne(doc("{'_id': 1}"), doc("{'a': " + isReadFirst + "}"));
            try (ChangeStream stream = films.watch(List.of(), after(token))) {
                assertEquals(List.of("replace"), types(all(stream)));
            }
        }
    }

    private Document tokenOfStreamFrom(Instant instant) {
        WatchOptions options = WatchOptions.DEFAULTS.withStartAt(instant);
        try (ChangeStream stream = films.watch(List.of(), options)) {
            return stream.resumeToken();
        }
    }

    /** Its token must not be that of the beginning of the log. */
    @Test
    void a_stream_from_a_time_can_be_resumed_before_it_has_seen_anything() {
        films.insertOne(doc("{'_id': 1}"));
        Document soon = tokenOfStreamFrom(Instant.now().plusSeconds(3_600));
        try (ChangeStream stream = films.watch(List.of(), after(soon))) {
            assertEquals(List.of(), all(stream));
        }
        Document past = tokenOfStreamFrom(Instant.now().minusSeconds(3_600));
        try (ChangeStream stream = films.watch(List.of(), after(past))) {
            assertEquals(List.of("insert"), types(all(stream)));
        }
    }

    @Test
    void a_stream_starts_at_the_cluster_time_of_an_event() {
        List<Document> events;
        try (ChangeStream stream = films.watch()) {
            for (int id = 0; id < 5; id++) {
                films.insertOne(Document.of("_id", Value.of(id)));
            }
            events = all(stream);
        }
        for (int first = 0; first < events.size(); first++) {
            TimestampValue time = (TimestampValue) events.get(first).get("clusterTime");
            WatchOptions options = WatchOptions.DEFAULTS.withStartAt(time);
            try (ChangeStream stream = films.watch(List.of(), options)) {
                assertEquals(events.subList(first, events.size()), all(stream));
            }
        }
    }

    /** What power loss undid is not passed over when its numbers are given anew. */
    @Test
    void the_token_of_a_stream_without_events_does_not_outlive_lost_commits() {
        StorageOptions storage = StorageOptions.DEFAULTS.withSyncMode(SyncMode.INTERVAL);
        DatabaseOptions lazy =
                DatabaseOptions.DEFAULTS.withStorage(storage.withSyncIntervalMillis(5_000));
        FaultyDirectory directory = new FaultyDirectory();
        FaultyDirectory left;
        Document token;
        try (Smilodon own = Smilodon.open(directory, lazy)) {
            DocumentCollection numbers = own.database("d").collection("c");
            numbers.insertOne(doc("{'_id': 1}"));
            own.checkpoint();
            numbers.insertOne(doc("{'_id': 2}"));
            try (ChangeStream stream = numbers.watch()) {
                token = stream.resumeToken();
            }
            left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        }
        try (Smilodon own = Smilodon.open(left, DatabaseOptions.DEFAULTS)) {
            DocumentCollection numbers = own.database("d").collection("c");
            assertEquals(1, numbers.count(Document.EMPTY), "the second document is lost");
            assertCode(286, () -> numbers.watch(List.of(), after(token)));
            for (int id = 10; id < 20; id++) {
                numbers.insertOne(Document.of("_id", Value.of(id)));
            }
            assertCode(286, () -> numbers.watch(List.of(), after(token)));
        }
    }
}
