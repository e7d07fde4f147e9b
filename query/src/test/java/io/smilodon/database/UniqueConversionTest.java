package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An index that becomes unique: {@code prepareUnique}, then {@code unique}, of collMod. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UniqueConversionTest {

    private Smilodon smilodon;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        films = smilodon.database("cinema").collection("films");
        films.insertMany(docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 1}", "{'_id': 3}"), true);
        films.createIndex(doc("{'key': {'a': 1}}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document change(String option) {
        return modify("{'index': {'keyPattern': {'a': 1}, " + option + "}}");
    }

    private Document modify(String written) {
        return smilodon.database("cinema").modifyCollection("films", doc(written));
    }

    private Document listed() {
        return films.indexes().get(1);
    }

    @Test
    void a_prepared_index_refuses_new_duplicates_and_keeps_old_ones() {
        assertEquals(
                doc("{'prepareUnique_old': false, 'prepareUnique_new': true}"),
                change("'prepareUnique': true"));

        assertEquals(
                doc("{'prepareUnique': true}").get("prepareUnique"), listed().get("prepareUnique"));
        assertCode(11000, () -> films.insertOne(doc("{'_id': 4, 'a': 1.0}")));
        assertCode(11000, () -> films.insertOne(doc("{'_id': 4}")));
        assertCode(11000, () -> films.updateOne(doc("{'_id': 3}"), doc("{'$set': {'a': 1}}")));
        films.updateOne(doc("{'_id': 2}"), doc("{'$set': {'b': 1}}"));
        films.insertOne(doc("{'_id': 4, 'a': [2, 2, 3]}"));
        assertCode(11000, () -> films.insertOne(doc("{'_id': 5, 'a': 3}")));
        films.deleteOne(doc("{'_id': 4}"));
        films.insertOne(doc("{'_id': 5, 'a': 3}"));
        assertEquals(List.of(), films.verify());

        change("'prepareUnique': false");
        films.insertOne(doc("{'_id': 6, 'a': 3}"));
        assertTrue(!listed().has("prepareUnique"));
    }

    @Test
    void what_violates_an_index_to_become_unique_is_told_by_key() {
        films.insertMany(docs("{'_id': 4}", "{'_id': '5', 'a': [1, 7]}"), true);
        change("'prepareUnique': true");

        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> change("'unique': true"));

        assertEquals(359, refused.code().number());
        assertEquals("CannotConvertIndexToUnique", refused.code().name());
        assertEquals(
                doc("{'v': [{'ids': [3, 4]}, {'ids': [1, 2, '5']}]}").get("v"),
                refused.details().get("violations"));
    }

    @Test
    void a_prepared_index_without_violations_becomes_unique() {
        films.deleteOne(doc("{'_id': 2}"));
        assertCode(72, () -> change("'unique': true"));
        change("'prepareUnique': true");

        String dry = "{'index': {'keyPattern': {'a': 1}, 'unique': true}, 'dryRun': true}";
        assertEquals(Document.EMPTY, modify(dry));
        assertTrue(!listed().has("unique"));
        assertEquals(doc("{'unique_new': true}"), change("'unique': true"));

        assertTrue(listed().has("unique") && !listed().has("prepareUnique"));
        assertCode(11000, () -> films.insertOne(doc("{'_id': 4, 'a': 1}")));
        films.insertOne(doc("{'_id': 4, 'a': 4}"));
        assertEquals(List.of(), films.verify());
        FindRequest hinted = FindRequest.of(doc("{'a': 4}")).withHint(new StringValue("a_1"));
        assertEquals(1, films.count(hinted));
        assertEquals(Document.EMPTY, change("'unique': true"));
        assertEquals(Document.EMPTY, change("'prepareUnique': true"));
    }

    @Test
    void an_index_may_be_created_prepared() {
        films.deleteOne(doc("{'_id': 2}"));
        films.createIndex(doc("{'key': {'a': -1}, 'prepareUnique': true}"));

        assertCode(11000, () -> films.insertOne(doc("{'_id': 4, 'a': 1}")));
        assertCode(67, () -> films.createIndex(doc("{'key': {'$**': 1}, 'prepareUnique': true}")));
    }

    @Test
    void of_writers_at_once_one_gets_the_key() {
        change("'prepareUnique': true");
        for (int round = 10; round < 40; round++) {
            int key = round;
            AtomicInteger inserted = new AtomicInteger();
            IntStream.range(0, 8)
                    .parallel()
                    .forEach(
                            writer -> {
                                try {
                                    films.insertOne(
                                            doc(
                                                    "{'_id': "
                                                            + (key * 10 + writer)
                                                            + ", 'a': "
                                                            + key
                                                            + "}"));
                                    inserted.incrementAndGet();
                                } catch (SmilodonException refused) {
                                    assertEquals(11000, refused.code().number());
                                }
                            });
            assertEquals(1, inserted.get());
        }
    }

    @Test
    void options_that_say_nothing_sensible_are_refused() {
        assertCode(14, () -> change("'unique': '100'"));
        assertCode(14, () -> change("'prepareUnique': 1"));
        assertCode(2, () -> change("'unique': false"));
        assertCode(72, () -> modify("{'index': {'name': '_id_', 'prepareUnique': true}}"));
        for (String written :
                List.of(
                        "{'index': {'name': 'a_1', 'hidden': true}, 'dryRun': true}",
                        "{'index': {'name': 'a_1', 'hidden': true, 'unique': true},"
                                + " 'dryRun': true}",
                        "{'validationLevel': 'off', 'dryRun': true}")) {
            assertCode(72, () -> modify(written));
        }
        films.createIndex(doc("{'key': {'h': 'hashed'}}"));
        assertCode(72, () -> modify("{'index': {'name': 'h_hashed', 'prepareUnique': true}}"));
    }
}
