package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadCommandsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void find_answers_its_first_batch() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'title':'Casino'},{'title':'Heat'}],'id':0,'ns':"
                        + "'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'filter': {'year': 1995}, 'sort': {'title': 1},"
                                + " 'projection': {'title': 1, '_id': 0}}"));
        assertEquals(
                "{'cursor':{'firstBatch':[{'_id':2}],'id':0,'ns':'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'sort': {'_id': 1}, 'skip': 1, 'limit': 1,"
                                + " 'projection': {'_id': 1}, 'hint': '_id_'}"));
    }

    @Test
    void rule_111_reading_what_does_not_exist_finds_nothing() {
        assertEquals(
                "{'cursor':{'firstBatch':[],'id':0,'ns':'cinema.none'}}",
                server.text("{'find': 'none'}"));
        assertEquals("{'n':0}", server.text("{'count': 'none'}"));
        assertEquals("{'values':[]}", server.text("{'distinct': 'none', 'key': 'a'}"));
    }

    @Test
    void get_more_reads_on() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 2}"), "cursor");
        long id = number(first, "id");

        Document next =
                part(server.ok("{'getMore': %d, 'collection': 'films'}".formatted(id)), "cursor");

        assertEquals(0, number(next, "id"));
        assertEquals(
                "{'_id':3,'year':1995,'title':'Casino'}",
                Json.text(next.get("nextBatch")).replaceAll("[\\[\\]]", ""));
        server.fails(43, "{'getMore': %d, 'collection': 'films'}".formatted(id));
    }

    @Test
    void rule_041_batch_sizes() {
        Document empty = part(server.ok("{'find': 'films', 'batchSize': 0}"), "cursor");
        assertEquals("[]", Json.text(empty.get("firstBatch")));
        server.ok("{'getMore': %d, 'collection': 'films'}".formatted(number(empty, "id")));
        server.fails(51024, "{'find': 'films', 'batchSize': -1}");
        server.fails(51024, "{'find': 'films', 'skip': -1}");
        server.fails(51024, "{'find': 'films', 'limit': -1}");
    }

    @Test
    void a_single_batch_leaves_no_cursor() {
        Document only =
                part(server.ok("{'find': 'films', 'batchSize': 1, 'singleBatch': true}"), "cursor");
        assertEquals(0, number(only, "id"));
        assertEquals(0, server.smilodon().cursors().openCount());
    }

    @Test
    void rule_120_getting_more_from_another_namespace_is_13() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 1}"), "cursor");
        long id = number(first, "id");
        server.fails(13, "{'getMore': %d, 'collection': 'other'}".formatted(id));
        server.ok("{'getMore': %d, 'collection': 'films'}".formatted(id));
        server.fails(43, "{'getMore': 77, 'collection': 'films'}");
    }

    @Test
    void killed_cursors_are_gone() {
        Document first = part(server.ok("{'find': 'films', 'batchSize': 1}"), "cursor");
        long id = number(first, "id");
        assertEquals(
                "{'cursorsKilled':[%d],'cursorsNotFound':[5],'cursorsAlive':[],'cursorsUnknown':[]}"
                        .formatted(id),
                server.text("{'killCursors': 'films', 'cursors': [%d, 5]}".formatted(id)));
        server.fails(43, "{'getMore': %d, 'collection': 'films'}".formatted(id));
        server.fails(14, "{'killCursors': 'films', 'cursors': ['a']}");
    }

    @Test
    void count_counts() {
        assertEquals("{'n':3}", server.text("{'count': 'films'}"));
        assertEquals("{'n':2}", server.text("{'count': 'films', 'query': {'year': 1995}}"));
        assertEquals(
                "{'n':1}",
                server.text("{'count': 'films', 'skip': 1, 'limit': 1, 'hint': '_id_'}"));
        assertEquals("{'n':2}", server.text("{'count': 'films', 'limit': -2}"));
    }

    @Test
    void distinct_answers_with_values() {
        assertEquals("{'values':[1979,1995]}", server.text("{'distinct': 'films', 'key': 'year'}"));
        assertEquals(
                "{'values':['Alien']}",
                server.text("{'distinct': 'films', 'key': 'title', 'query': {'year': 1979}}"));
        server.fails(2, "{'distinct': 'films', 'key': ''}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'returnKey': true", "'showRecordId': true"})
    void what_is_not_supported_is_refused(String option) {
        server.fails(115, "{'find': 'films', " + option + "}");
    }

    @Test
    void find_takes_variables() {
        assertEquals(
                "{'cursor':{'firstBatch':[{'_id':2}],'id':0,'ns':'cinema.films'}}",
                server.text(
                        "{'find': 'films', 'let': {'y': 1979}, 'filter': {'$expr': {'$eq':"
                                + " ['$year', '$$y']}}, 'projection': {'_id': 1}}"));
    }

    @Test
    void find_refuses_to_tail_an_ordinary_collection() {
        server.fails(2, "{'find': 'films', 'tailable': true}");
        server.ok("{'find': 'films', 'tailable': false, 'collation': {'locale': 'simple'}}");
    }
}
