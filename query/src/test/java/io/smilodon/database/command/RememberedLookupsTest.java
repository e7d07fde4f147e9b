package io.smilodon.database.command;

import static io.smilodon.database.command.LimitedNotes.RULES;
import static io.smilodon.database.command.LimitedNotes.ids;
import static io.smilodon.database.command.LimitedNotes.privilege;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is said of finds counts also for those that are like others before. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RememberedLookupsTest {

    private static final String FIND = "{'find': 'notes', 'filter': {'key': '%s'}}";

    private final LimitedNotes notes = new LimitedNotes();
    private final CommandServer server = notes.server();

    @BeforeEach
    void remember() {
        server.ok(
                "{'update': 'notes', 'updates': [{'q': {}, 'u': [{'$set': {'key': {'$toString':"
                        + " '$_id'}}}], 'multi': true}]}");
        server.ok(
                "{'createIndexes': 'notes', 'indexes': [{'key': {'key': 1}, 'name': 'k', 'unique':"
                        + " true}, {'key': {'key': 1, 'x': 1}, 'name': 'kx'}]}");
        for (int time = 0; time < 2; time++) {
            assertEquals("1", found("1"));
            assertEquals("2", found("2"));
        }
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private String found(String key) {
        return ids(server.ok(FIND.formatted(key)));
    }

    @Test
    void who_may_see_some_documents_sees_no_others() {
        LoggedIn ann = notes.user(privilege("'find'", RULES));
        assertEquals("1", ids(ann.ok(FIND.formatted(1))));
        assertEquals("", ids(ann.ok(FIND.formatted(2))));
        assertEquals("2", found("2"));
    }

    @Test
    void settings_and_index_filters_count_until_they_are_removed() {
        String query = FIND.formatted(1).replace("}}", "}, '$db': 'cinema'}");
        server.adminOk("{'setQuerySettings': %s, 'settings': {'reject': true}}".formatted(query));
        server.fails(411, FIND.formatted(2));
        server.adminOk("{'removeQuerySettings': %s}".formatted(query));
        assertEquals("2", found("2"));

        server.ok("{'planCacheSetFilter': 'notes', 'query': {'key': '3'}, 'indexes': ['kx']}");
        assertEquals("2", found("2"));
        assertEquals("{'ops':5}", uses("k"));
        assertEquals("{'ops':1}", uses("kx"));
        server.ok("{'planCacheClearFilters': 'notes'}");
        assertEquals("2", found("2"));
        assertEquals("{'ops':6}", uses("k"));
    }

    private String uses(String index) {
        return server.text(
                        "{'aggregate': 'notes', 'cursor': {}, 'pipeline': [{'$indexStats': {}}, {'$match':"
                                + " {'name': '"
                                + index
                                + "'}}, {'$project': {'_id': 0, 'ops': '$accesses.ops'}}]}")
                .replaceAll(".*\\[(.*)\\].*", "$1");
    }
}
