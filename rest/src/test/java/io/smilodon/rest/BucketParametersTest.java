package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Write concern and durability on the routes of buckets, where a commit is not synced by itself.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketParametersTest {

    private static final DatabaseOptions LAZY =
            DatabaseOptions.DEFAULTS.withStorage(
                    StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE));

    private static final String BUCKETS = "/api/v1/buckets";
    private static final String BUCKET = BUCKETS + "/photos";
    private static final String OLD = BUCKET + "/old";
    private static final String NEW = BUCKET + "/new";

    private final TestServer test = new TestServer(Smilodon.inMemory(LAZY));
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private void putOld() {
        test.smilodon().bucket("photos").put("old", new byte[] {'x'});
    }

    /** How often the log is forced to disk before a request is answered. */
    private long syncs(int status, String method, String path, String query) {
        long before = test.smilodon().statistics().store().log().syncs();
        String body = method.equals("PUT") ? "y" : "";
        assertEquals(status, http.send(method, path + "?" + query, body).status());
        return test.smilodon().statistics().store().log().syncs() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"durability=sync", "j=true", "w=majority", "w=1&j=true&maxTimeMS=500"})
    void what_asks_for_sync_is_forced_to_disk(String query) {
        putOld();

        assertEquals(1, syncs(201, "PUT", NEW, query));
        assertEquals(1, syncs(204, "PUT", NEW, query));
        assertEquals(1, syncs(204, "DELETE", OLD, query));
        assertEquals(1, syncs(204, "DELETE", BUCKET, query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "durability=none", "j=false", "w=0", "w=1&wtimeout=5"})
    void what_does_not_ask_for_it_is_not(String query) {
        putOld();

        assertEquals(0, syncs(201, "PUT", NEW, query));
        assertEquals(0, syncs(204, "PUT", NEW, query));
        assertEquals(0, syncs(204, "DELETE", OLD, query));
        assertEquals(0, syncs(204, "DELETE", BUCKET, query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"durability=interval", "maxTimeMS=0", "maxTimeMS=3600000"})
    void what_there_is_is_taken(String query) {
        assertEquals(201, http.send("PUT", NEW + "?" + query, "y").status());
        assertEquals(204, http.send("DELETE", NEW + "?" + query, "").status());
        assertEquals(204, http.send("DELETE", BUCKET + "?" + query, "").status());
    }

    @ParameterizedTest
    @CsvSource({
        "w=2, 100",
        "w=51, 9",
        "w=two, 79",
        "j=yes, 9",
        "wtimeout=-1, 9",
        "durability=fast, 2",
        "maxTimeMS=-1, 51024",
        "maxTimeMS=3600001, 2",
        "durable=sync, 40415",
        "syncc=1, 40415",
        "requestId=a, 40415",
        "ordered=false, 40415"
    })
    void what_there_is_not_is_refused_and_nothing_happens(String query, int code) {
        putOld();

        assertRefused(code, http.send("PUT", NEW + "?" + query, "y"));
        assertRefused(code, http.send("PUT", OLD + "?" + query, "y"));
        assertRefused(code, http.send("DELETE", OLD + "?" + query, ""));
        assertRefused(code, http.send("DELETE", BUCKET + "?" + query, ""));

        assertEquals("x", http.get(OLD).text());
        assertFalse(test.smilodon().bucket("photos").get("new").isPresent());
    }

    private static void assertRefused(int code, Http.Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(code), answer.get("code"), answer.text());
    }

    @Test
    void reading_takes_no_parameters_of_writing_nor_misspelt_ones() {
        putOld();

        for (String path : List.of(BUCKETS, BUCKET, OLD)) {
            assertRefused(40415, http.get(path + "?durability=sync"));
            assertRefused(40415, http.get(path + "?limits=1"));
        }
        assertRefused(40415, http.get(BUCKETS + "?prefix=o"));
        assertRefused(40415, http.get(OLD + "?limit=1"));
        assertEquals(200, http.get(BUCKET + "?prefix=o&limit=1&jsonMode=canonical").status());
        assertEquals(200, http.get(BUCKETS + "?limit=1&jsonMode=plain").status());
    }

    @Test
    void a_refusal_names_what_there_is() {
        Http.Answer refused = http.send("PUT", NEW + "?durabilty=sync", "y");

        assertEquals(Value.of("/durabilty"), refused.get("pointer"), refused.text());
        assertTrue(refused.text().contains("durability"), refused.text());
        assertTrue(test.smilodon().bucketNames("", 10).isEmpty(), "and creates no bucket");
    }
}
