package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.StreamEvents.all;
import static io.smilodon.database.StreamEvents.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Events that are too large for one document, and the stage that divides them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamSplitTest {

    private static final Document SPLIT = doc("{'$changeStreamSplitLargeEvent': {}}");
    private static final String LARGE = "x".repeat(9 << 20);
    private static final WatchOptions LOOKUP =
            WatchOptions.DEFAULTS.withFullDocument(WatchOptions.Image.LOOKUP);

    private static final Smilodon SMILODON = Smilodon.inMemory();

    private final DocumentCollection films = SMILODON.database("cinema").collection("films");

    /** Where a stream begins that meets all events. */
    private static Document beginning;

    /** An event that has the large value twice, and two small ones. */
    @BeforeAll
    static void update() {
        DocumentCollection films = SMILODON.database("cinema").collection("films");
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        try (ChangeStream stream = films.watch()) {
            beginning = stream.resumeToken();
        }
        Document values = Document.of("a", Value.of(LARGE));
        films.updateOne(doc("{'_id': 1}"), Document.of("$set", values));
        films.insertOne(doc("{'_id': 2}"));
        films.deleteOne(doc("{'_id': 2}"));
    }

    @AfterAll
    static void close() {
        SMILODON.close();
    }

    private List<Document> events(WatchOptions options, Document... stages) {
        try (ChangeStream stream =
                films.watch(List.of(stages), options.withResumeAfter(beginning))) {
            return all(stream);
        }
    }

    private List<Document> resumed(Document token, Document... stages) {
        WatchOptions options = LOOKUP.withResumeAfter(token);
        try (ChangeStream stream = films.watch(List.of(stages), options)) {
            return all(stream);
        }
    }

    private static int code(Runnable work) {
        return assertThrows(SmilodonException.class, work::run).code().number();
    }

    @Test
    void a_large_event_comes_in_fragments_of_its_fields_the_smallest_first() {
        List<Document> events = events(LOOKUP, SPLIT);
        assertEquals(4, events.size());
        assertEquals(doc("{'fragment': 1, 'of': 2}"), events.get(0).get("splitEvent"));
        assertEquals(doc("{'fragment': 2, 'of': 2}"), events.get(1).get("splitEvent"));
        assertEquals(
                List.of(
                        "_id",
                        "splitEvent",
                        "wallTime",
                        "clusterTime",
                        "operationType",
                        "documentKey",
                        "ns",
                        "fullDocument"),
                names(events.get(0)));
        assertEquals(List.of("_id", "splitEvent", "updateDescription"), names(events.get(1)));
        assertEquals(Value.of(LARGE), ((Document) events.get(0).get("fullDocument")).get("a"));
        assertFalse(events.get(2).has("splitEvent"));
    }

    private static List<String> names(Document document) {
        return Stream.iterate(document.iterator(), fields -> fields.hasNext(), fields -> fields)
                .map(fields -> fields.next().name())
                .toList();
    }

    @Test
    void a_stream_goes_on_behind_the_fragment_that_was_seen() {
        List<Document> events = events(LOOKUP, SPLIT);
        for (int seen = 0; seen < events.size(); seen++) {
            assertEquals(
                    events.subList(seen + 1, events.size()),
                    resumed(token(events.get(seen)), SPLIT),
                    "behind " + seen);
        }
    }

    @Test
    void a_fragment_cannot_be_found_again_by_another_pipeline() {
        Document first = token(events(LOOKUP, SPLIT).get(0));
        assertEquals(280, code(() -> resumed(first)));
        assertEquals(280, code(() -> resumed(first, doc("{'$unset': 'fullDocument'}"), SPLIT)));
        assertEquals(280, code(() -> resumed(first, doc("{'$match': {'x': 1}}"), SPLIT)));
    }

    @Test
    void the_token_of_a_stream_is_that_of_the_fragment_that_was_read() {
        WatchOptions options = LOOKUP.withResumeAfter(beginning);
        try (ChangeStream stream = films.watch(List.of(SPLIT), options)) {
            assertEquals(token(stream.poll().orElseThrow()), stream.resumeToken());
        }
    }

    @Test
    void without_the_stage_an_event_is_told_whole() {
        assertEquals(3, events(LOOKUP).size());
    }

    @Test
    void events_that_fit_are_left_alone() {
        List<Document> events = events(WatchOptions.DEFAULTS, SPLIT);
        assertEquals(3, events.size());
        assertFalse(events.get(0).has("splitEvent"));
    }

    @Test
    void a_field_that_alone_is_too_large_cannot_be_divided() {
        Document joined = doc("{'$project': {'all': ['$updateDescription', '$fullDocument']}}");
        assertEquals(7182500, code(() -> events(LOOKUP, joined, SPLIT)));
    }

    @Test
    void the_stage_stands_last_in_a_stream_and_has_no_options() {
        assertEquals(7182802, code(() -> films.watch(List.of(SPLIT, SPLIT), LOOKUP)));
        Document match = doc("{'$match': {}}");
        assertEquals(7182802, code(() -> films.watch(List.of(SPLIT, match), LOOKUP)));
        Document options = doc("{'$changeStreamSplitLargeEvent': {'a': 1}}");
        assertEquals(7182800, code(() -> films.watch(List.of(options), LOOKUP)));
        assertEquals(20, code(() -> films.aggregate(List.of(SPLIT)).close()));
    }
}
