package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AsOfTest {

    private static final Document ALL = Document.EMPTY;

    private Smilodon smilodon;
    private DocumentCollection movies;
    private long before;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        movies = smilodon.database("cinema").collection("movies");
        movies.insertMany(docs("{'_id': 1, 'y': 1995}", "{'_id': 2, 'y': 2001}"), true);
        before = movies.findById(Value.of(2)).orElseThrow().version();
        movies.createIndex(doc("{'key': {'y': 1}}"));
        movies.updateMany(ALL, value("{'$inc': {'y': 100}}"));
        movies.insertOne(doc("{'_id': 3, 'y': 1}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private DocumentCollection then() {
        return movies.asOf(AsOf.sequence(before));
    }

    @Test
    void every_kind_of_read_sees_the_state_of_that_time() {
        assertEquals("{'_id':1,'y':1995}{'_id':2,'y':2001}", text(then().find(ALL)));
        assertEquals("{'_id':2,'y':2001}", text(then().find(doc("{'y': {'$gt': 2000}}"))));
        assertEquals(2, then().count(ALL));
        assertEquals(List.of(Value.of(1995), Value.of(2001)), then().distinct("y", ALL));
        assertEquals("{'n':2}", text(then().aggregate(docs("{'$count': 'n'}"))));
        assertEquals(before, then().findById(Value.of(1)).orElseThrow().version());
        assertTrue(then().findById(Value.of(3)).isEmpty());
        assertEquals(3, movies.count(ALL));
    }

    @Test
    void what_did_not_exist_then_does_not_exist_in_it() {
        assertEquals(List.of(doc("{'v': 2, 'key': {'_id': 1}, 'name': '_id_'}")), then().indexes());
        assertCode(2, () -> then().find(FindRequest.of(ALL).withHint(value("'y_1'"))));
        assertFalse(movies.asOf(AsOf.sequence(0)).exists());
        assertEquals(0, movies.asOf(AsOf.sequence(0)).count(ALL));
    }

    @Test
    void a_dropped_collection_can_still_be_read_for_a_while() {
        movies.drop();

        assertEquals(2, then().count(ALL));
        assertEquals(0, movies.count(ALL));
    }

    @Test
    void an_instant_names_the_last_commit_before_it() {
        assertEquals(3, movies.asOf(AsOf.instant(Instant.now())).count(ALL));
    }

    @Test
    void the_future_is_unknown() {
        assertCode(2, () -> movies.asOf(AsOf.sequence(before + 1_000)).count(ALL));
        Instant tomorrow = Instant.now().plusSeconds(86_400);
        assertCode(2, () -> movies.asOf(AsOf.instant(tomorrow)).count(ALL));
    }

    @Test
    void what_is_no_longer_kept_is_too_old_and_the_error_says_what_to_do() {
        StorageOptions defaults = StorageOptions.DEFAULTS;
        DatabaseOptions options =
                DatabaseOptions.DEFAULTS.withStorage(
                        defaults.withRetention(defaults.retention().withHistoryMillis(0)));
        try (Smilodon forgetful = Smilodon.inMemory(options)) {
            DocumentCollection c = forgetful.database("d").collection("c");
            c.insertOne(doc("{'_id': 1}"));
            long first = c.findById(Value.of(1)).orElseThrow().version();
            c.insertOne(doc("{'_id': 2}"));

            SmilodonException error =
                    assertCode(239, () -> c.asOf(AsOf.sequence(first)).count(ALL));

            assertTrue(error.hint().isPresent());
        }
    }

    @Test
    void the_past_is_not_written() {
        assertCode(72, () -> then().insertOne(doc("{}")));
        assertCode(72, () -> then().insertMany(docs("{}"), true));
        assertCode(72, () -> then().updateMany(doc("{'_id': 9}"), value("{'$set': {'a': 1}}")));
        assertCode(72, () -> then().deleteOne(doc("{'_id': 9}")));
        assertCode(72, () -> then().createIndex(doc("{'key': {'a': 1}}")));
        assertCode(72, () -> then().dropIndex(value("'y_1'")));
        assertCode(72, () -> then().estimatedCount());
        assertCode(72, () -> then().replaceById(Value.of(1), ALL, Precondition.NONE));
    }

    @Test
    void a_transaction_has_its_own_state() {
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection inside = transaction.database("cinema").collection("movies");
            assertCode(72, () -> inside.asOf(AsOf.sequence(before)));
        }
    }

    @Test
    void actions_take_sequences_dates_and_texts() {
        assertEquals(Value.of(2L), count("{'asOf': " + before + "}"));
        assertEquals(Value.of(2L), count("{'asOf': '" + before + "'}"));
        String now = Instant.now().toString();
        assertEquals(Value.of(3L), count("{'asOf': '" + now + "'}"));
        assertEquals(Value.of(3L), count("{'asOf': {'$date': '" + now + "'}}"));
        assertCode(2, () -> count("{'asOf': 'yesterday'}"));
        assertCode(2, () -> count("{'asOf': '99999999999999999999'}"));
        assertCode(14, () -> count("{'asOf': true}"));
        assertCode(40415, () -> Actions.run(movies, "deleteOne", doc("{'filter': {}, 'asOf': 1}")));
    }

    private Value count(String body) {
        return Actions.run(movies, "count", doc(body)).get("count");
    }

    @Test
    void a_cursor_keeps_its_time() {
        try (DocumentCursor cursor = then().find(ALL)) {
            cursor.next();
            movies.deleteMany(ALL);
            assertEquals("{'_id':2,'y':2001}", text(cursor));
        }
    }
}
