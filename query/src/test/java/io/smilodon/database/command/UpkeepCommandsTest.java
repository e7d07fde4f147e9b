package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpkeepCommandsTest {

    private final CommandServer server = new CommandServer(withoutHistory());

    /** What newer versions hide is kept for nobody, and stays until it is asked to go. */
    private static DatabaseOptions withoutHistory() {
        StorageOptions storage = StorageOptions.DEFAULTS.withSegmentCountMax(50);
        return DatabaseOptions.DEFAULTS.withStorage(
                storage.withRetention(storage.retention().withHistoryMillis(0)));
    }

    @BeforeEach
    void fill() {
        server.insertFilms();
        server.ok("{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'y'}]}");
        server.ok("{'create': 'old', 'viewOn': 'films', 'pipeline': []}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Document inSet(String command) {
        Membership set =
                new Membership("rs0", "here:27017", () -> new TimestampValue(1_700_000_000, 1));
        return Commands.run(
                server.context("cinema").withMembership(Optional.of(set)), Json.doc(command));
    }

    @Test
    void compact_frees_what_newer_versions_hide() {
        for (int round = 0; round < 5; round++) {
            server.ok(
                    "{'update': 'films', 'updates': [{'q': {}, 'multi': true, 'u':"
                            + " {'$set': {'text': '%s'}}}]}".formatted("x".repeat(5_000) + round));
            server.adminOk("{'fsync': 1}");
        }
        Document estimated = server.ok("{'compact': 'films', 'dryRun': true}");
        assertTrue(number(estimated, "estimatedBytesFreed") > 0, () -> Json.text(estimated));
        assertEquals(
                "{'bytesFreed':0}", server.text("{'compact': 'films', 'freeSpaceTargetMB': 100}"));
        Document freed = server.ok("{'compact': 'films'}");
        assertTrue(number(freed, "bytesFreed") > 0, () -> Json.text(freed));
        assertEquals("{'bytesFreed':0}", server.text("{'compact': 'films'}"));
    }

    @Test
    void a_primary_compacts_by_force_only() {
        assertCode(20, inSet("{'compact': 'films'}"));
        CommandServer.withoutOk(inSet("{'compact': 'films', 'dryRun': true}"));
        CommandServer.withoutOk(inSet("{'compact': 'films', 'force': true}"));
        server.fails(26, "{'compact': 'none'}");
        server.fails(166, "{'compact': 'old'}");
    }

    @Test
    void indexes_are_built_anew() {
        Document answer = server.ok("{'reIndex': 'films'}");
        assertEquals(2, number(answer, "nIndexesWas"));
        assertEquals(2, number(answer, "nIndexes"));
        assertTrue(Json.text(answer.get("indexes")).contains("'name':'y'"));
        Document validated = server.ok("{'validate': 'films', 'repair': true}");
        assertEquals("false", Json.text(validated.get("repaired")));
        assertEquals("true", Json.text(validated.get("valid")));
        server.fails(26, "{'reIndex': 'none'}");
        server.fails(166, "{'reIndex': 'old'}");
    }

    @Test
    void the_list_of_indexes_tells_of_builds() {
        Document listed =
                part(
                        server.ok("{'listIndexes': 'films', 'includeIndexBuildInfo': true}"),
                        "cursor");
        assertEquals(
                "[{'spec':{'v':2,'key':{'_id':1},'name':'_id_'}},"
                        + "{'spec':{'v':2,'key':{'year':1},'name':'y'}}]",
                Json.text(listed.get("firstBatch")));
        Document plain = part(server.ok("{'listIndexes': 'films'}"), "cursor");
        Document withIds =
                part(server.ok("{'listIndexes': 'films', 'includeBuildUUIDs': true}"), "cursor");
        assertEquals(plain, withIds);
        server.fails(
                72,
                "{'listIndexes': 'films', 'includeBuildUUIDs': true,"
                        + " 'includeIndexBuildInfo': true}");
        server.fails(26, "{'listIndexes': 'none'}");
    }
}
