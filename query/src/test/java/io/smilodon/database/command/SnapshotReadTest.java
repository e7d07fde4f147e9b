package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of the order of commits: reads of one state, and times of events. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SnapshotReadTest {

    private static final String SNAPSHOT = ", 'readConcern': {'level': 'snapshot'}}";
    private static final String YEARS = "{'distinct': 'films', 'key': 'year'";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insertFilms() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String at(Document time) {
        String text = Json.text(time.get(SnapshotRead.TIME));
        return ", 'readConcern': {'level': 'snapshot', 'atClusterTime': " + text + "}}";
    }

    private static String batch(Document answer) {
        return Json.text(part(answer, "cursor").get("firstBatch"));
    }

    @Test
    void other_reads_see_the_state_of_the_first() {
        String find = "{'find': 'films', 'projection': {'_id': 1}";
        String group =
                "{'aggregate': 'films', 'pipeline': [{'$group': {'_id': null, 'n': {'$sum': 1}}}],"
                        + " 'cursor': {}";
        Document first = server.ok(find + SNAPSHOT);
        server.ok("{'delete': 'films', 'deletes': [{'q': {'year': 1979}, 'limit': 0}]}");

        String then = at(part(first, "cursor"));
        assertEquals(batch(first), batch(server.ok(find + then)));
        assertEquals("[{'_id':null,'n':3}]", batch(server.ok(group + then)));
        assertEquals("[{'_id':null,'n':2}]", batch(server.ok(group + SNAPSHOT)));
        Document years = server.ok(YEARS + then);
        assertEquals("[1979,1995]", Json.text(years.get("values")));
        assertEquals(then, at(years));
        assertEquals("[1995]", Json.text(server.ok(YEARS + SNAPSHOT).get("values")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'count': 'films', 'readConcern': {'level': 'snapshot'}",
                "'ping': 1, 'readConcern': {'level': 'snapshot'}",
                "'aggregate': 1, 'pipeline': [], 'cursor': {}, 'readConcern': {'level': 'snapshot'}",
                "'find': 'films', 'readConcern': {'level': 'local', 'atClusterTime':"
                        + " {'$timestamp': {'t': 1, 'i': 1}}}",
                "'find': 'films', 'readConcern': {'atClusterTime':"
                        + " {'$timestamp': {'t': 1, 'i': 1}}}",
            })
    void what_does_not_read_one_state_is_refused(String command) {
        server.fails(72, "{" + command + "}");
    }

    @Test
    void a_state_that_is_to_come_is_refused() {
        String then = "{'atClusterTime': {'$timestamp': {'t': 2000000000, 'i': 99999}}}";
        server.fails(2, YEARS + at(Json.doc(then)));
    }

    /** A number that is shown twice within a second would lose or repeat events. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void a_stream_that_begins_with_a_time_tells_what_happened_since(int answersBefore) {
        server.ok("{'insert': 'films', 'documents': [{'_id': 4}]}");
        TimestampValue before = server.smilodon().clusterTime();
        for (int i = 0; i < answersBefore; i++) {
            assertEquals(before, server.smilodon().clusterTime());
        }
        server.ok("{'insert': 'films', 'documents': [{'_id': 5}]}");
        server.ok("{'insert': 'films', 'documents': [{'_id': 6}]}");

        String watch =
                "{'aggregate': 'films', 'pipeline': [{'$changeStream': {'startAtOperationTime':"
                        + " %s}}], 'cursor': {}}";
        Document stream = server.ok(watch.formatted(Json.text(before)));

        String events = batch(stream);
        assertTrue(
                events.contains("'documentKey':{'_id':4}"), events); // it is the time of this one
        assertTrue(events.contains("'documentKey':{'_id':5}"), events);
        assertTrue(events.contains("'documentKey':{'_id':6}"), events);
        assertTrue(!events.contains("'documentKey':{'_id':3}"), events);
        String last = Json.text(server.smilodon().clusterTime());
        assertTrue(events.contains("'clusterTime':" + last), () -> last + " in " + events);
    }
}
