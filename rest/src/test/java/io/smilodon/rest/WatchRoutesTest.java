package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchRoutesTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    /** An event as it came. */
    private record Event(String type, String id, Document data) {}

    /** What is sent, event by event; the comment at the beginning is read already. */
    private static final class Events implements AutoCloseable {

        private final Stream<String> stream;
        private final Iterator<String> lines;

        Events(Stream<String> stream) {
            this.stream = stream;
            this.lines = stream.iterator();
            assertTrue(lines.next().startsWith(": watching "));
        }

        Event next() {
            String type = "";
            String id = "";
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    return new Event(type, id, ExtendedJson.readDocument(line.substring(6)));
                }
            }
            throw new AssertionError("no event");
        }

        /** Whether nothing comes any more; a connection that is cut fails. */
        boolean hasEnded() {
            while (lines.hasNext()) {
                if (lines.next().startsWith("data: ")) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private void insert(int id) {
        assertEquals(201, http.post(MOVIES + "/documents", "{\"_id\": " + id + "}").status());
    }

    @Test
    void events_come_as_they_happen_and_a_client_goes_on_where_it_was() {
        String id;
        try (Events events = new Events(http.lines(MOVIES + "/watch"))) {
            insert(1);
            Event first = events.next();
            assertEquals("insert", first.type());
            assertEquals(ExtendedJson.readDocument("{\"_id\":1}"), first.data().get("documentKey"));
            id = first.id();
        }
        insert(2);
        try (Events events = new Events(http.lines(MOVIES + "/watch", "Last-Event-ID", id))) {
            assertEquals(Document.of("_id", Value.of(2)), events.next().data().get("documentKey"));
        }
        try (Events events = new Events(http.lines(MOVIES + "/watch?resumeAfter=" + id))) {
            assertEquals(Document.of("_id", Value.of(2)), events.next().data().get("documentKey"));
        }
    }

    @Test
    void a_database_and_all_of_them_can_be_watched_through_a_pipeline() {
        String pipeline =
                "?pipeline=" + Http.encoded("[{\"$match\": {\"operationType\": \"delete\"}}]");
        try (Events ofOne = new Events(http.lines("/api/v1/dbs/cinema/watch" + pipeline));
                Events ofAll = new Events(http.lines("/api/v1/watch" + pipeline))) {
            insert(1);
            assertEquals(204, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
            assertEquals("delete", ofOne.next().type());
            assertEquals("delete", ofAll.next().type());
        }
    }

    @Test
    void the_end_of_the_collection_ends_the_answer() {
        insert(1);
        try (Events events = new Events(http.lines(MOVIES + "/watch"))) {
            http.send("DELETE", MOVIES, "");
            assertEquals("drop", events.next().type());
            assertEquals("invalidate", events.next().type());
            assertTrue(events.hasEnded());
        }
    }

    @Test
    void stopping_the_server_ends_every_answer_in_order() {
        try (Events ofOne = new Events(http.lines(MOVIES + "/watch"));
                Events ofAll = new Events(http.lines("/api/v1/watch"))) {
            insert(1);
            assertEquals("insert", ofOne.next().type());
            test.server().close();
            for (Events events : List.of(ofOne, ofAll)) {
                Event last = events.next();
                while (last.type().equals("insert")) {
                    last = events.next();
                }
                assertEquals("end", last.type());
                assertEquals(Value.of(91), last.data().get("code"));
                assertTrue(events.hasEnded());
            }
        }
    }

    @Test
    void an_error_about_an_event_is_the_last_one() {
        String pipeline = "?pipeline=" + Http.encoded("[{\"$unset\": \"_id\"}]");
        try (Events events = new Events(http.lines(MOVIES + "/watch" + pipeline))) {
            insert(1);
            Event error = events.next();
            assertEquals("error", error.type());
            assertEquals(Value.of(280), error.data().get("code"));
            assertTrue(events.hasEnded());
        }
    }

    @Test
    void a_watch_is_an_operation_that_is_listed_and_can_be_ended() {
        try (Events events = new Events(http.lines(MOVIES + "/watch"))) {
            insert(1);
            assertEquals("insert", events.next().type());
            Document listed = (Document) ((ArrayValue) http.get("/api/v1/ops").get("ops")).get(0);
            assertEquals(Value.of("cinema.movies"), listed.get("ns"));
            assertEquals(
                    ExtendedJson.readDocument("{\"watch\": \"movies\", \"pipeline\": []}"),
                    listed.get("command"));

            String id = ((NumberValue) listed.get("opid")).toLong() + "";
            assertEquals(204, http.send("DELETE", "/api/v1/ops/" + id, "").status());

            Event last = events.next();
            assertEquals("error", last.type());
            assertEquals(Value.of(11601), last.data().get("code"));
            assertTrue(events.hasEnded());
        }
        assertEquals(ArrayValue.of(List.of()), http.get("/api/v1/ops").get("ops"));
    }

    @Test
    void the_work_on_an_event_has_a_time_limit_and_waiting_for_it_has_none() {
        String endless =
                "[{\"$match\": {\"operationType\": \"update\"}}, {\"$set\": {\"x\": {\"$sum\": {\"$map\": {"
                        + "\"input\": {\"$range\": [0, 999999]}, \"in\": {\"$size\": {\"$range\":"
                        + " [0, 999999]}}}}}}}]";
        String path = MOVIES + "/watch?maxTimeMS=30&pipeline=" + Http.encoded(endless);
        try (Events events = new Events(http.lines(path))) {
            LockSupport.parkNanos(60_000_000);
            insert(1);
            http.post(
                    MOVIES + "/updateOne", "{\"filter\": {}, \"update\": {\"$set\": {\"a\": 1}}}");
            Event last = events.next();
            assertEquals("error", last.type());
            assertEquals(Value.of(50), last.data().get("code"));
            assertTrue(events.hasEnded());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "maxTimeMS=-1, 51024",
        "maxTimeMS=3600001, 2",
        "pipeline=7, 9",
        "pipeline=[1], 14",
        "startAt=yesterday, 9",
        "startAfter=xyz, 260",
        "fullDocument=all, 2",
        "resumeAfter=xyz, 260"
    })
    void wrong_parameters_are_refused(String parameter, int code) {
        String[] parts = parameter.split("=");
        Http.Answer answer = http.get(MOVIES + "/watch?" + parts[0] + "=" + Http.encoded(parts[1]));
        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(code), answer.get("code"), answer.text());
    }
}
