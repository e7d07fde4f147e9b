package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModificationsTest extends CollectionFixture {

    private final DocumentCollection films = collection;

    ModificationsTest() {
        super("cinema", "films");
    }

    private String all() {
        return text(films.find(FindRequest.of(Document.EMPTY).withSort(doc("{'_id': 1}"))));
    }

    @Test
    void an_update_tells_what_matched_from_what_changed() {
        films.insertOne(doc("{'_id': 1, 'a': 1}"));

        assertEquals(
                new UpdateResult(1, 0, Optional.empty()),
                films.updateOne(doc("{'a': 1}"), doc("{'$set': {'a': 1}}")));
        assertEquals(
                new UpdateResult(1, 1, Optional.empty()),
                films.updateOne(doc("{'a': 1}"), doc("{'$inc': {'a': 4}}")));
        assertEquals(
                new UpdateResult(0, 0, Optional.empty()),
                films.updateOne(doc("{'a': 1}"), doc("{'$inc': {'a': 4}}")));
        assertEquals("{'_id':1,'a':5}", all());
    }

    @Test
    void an_upsert_inserts_what_the_filter_and_the_update_say() {
        UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);

        UpdateResult inserted =
                films.updateOne(doc("{'_id': 7, 'k': 'x'}"), doc("{'$inc': {'n': 1}}"), upsert);
        UpdateResult updated =
                films.updateMany(doc("{'k': 'x'}"), doc("{'$inc': {'n': 1}}"), upsert);
        UpdateResult many = films.updateMany(doc("{'_id': 8}"), doc("{'$set': {'n': 1}}"), upsert);

        assertEquals(new UpdateResult(0, 0, Optional.of(Value.of(7))), inserted);
        assertEquals(new UpdateResult(1, 1, Optional.empty()), updated);
        assertEquals(new UpdateResult(0, 0, Optional.of(Value.of(8))), many);
        assertEquals("{'_id':7,'k':'x','n':2}{'_id':8,'n':1}", all());
    }

    @Test
    void modifications_of_many_ask_chance_once() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            documents.add(doc("{'_id': " + i + ", 'a': 1}"));
        }
        films.insertMany(documents, false);

        String update = "{'$set': {'b': 1}}";
        assertAboutHalf(films.updateMany(doc("{'a': 1, '$sampleRate': 0.5}"), doc(update)));
        assertAboutHalf(
                films.updateMany(
                        doc("{'$expr': {'$lt': [{'$rand': {}}, {'$divide': ['$a', 2]}]}}"),
                        doc(update)));
        long deletedCount = films.deleteMany(doc("{'$sampleRate': 0.5}")).deletedCount();
        assertTrue(Math.abs(deletedCount - 2_000) < 210, () -> "deleted: " + deletedCount);
    }

    /** Half of 4,000, but for 6.6 sigma. */
    private static void assertAboutHalf(UpdateResult result) {
        assertTrue(Math.abs(result.matchedCount() - 2_000) < 210, result::toString);
    }

    @Test
    void a_replacement_keeps_the_id() {
        films.insertOne(doc("{'_id': 1, 'a': 1}"));

        assertEquals(1, films.replaceOne(doc("{'a': 1}"), doc("{'b': 2}")).modifiedCount());
        assertCode(66, () -> films.replaceOne(doc("{'b': 2}"), doc("{'_id': 2, 'b': 3}")));
        assertCode(66, () -> films.updateOne(doc("{'b': 2}"), doc("{'$set': {'_id': 2}}")));

        assertEquals("{'_id':1,'b':2}", all());
    }

    @Test
    void operators_and_replacements_do_not_stand_in_for_each_other() {
        assertCode(9, () -> films.updateOne(doc("{}"), doc("{'a': 1}")));
        assertCode(9, () -> films.updateMany(doc("{}"), doc("{'a': 1}")));
        assertCode(9, () -> films.replaceOne(doc("{}"), doc("{'$set': {'a': 1}}")));
        assertCode(
                9,
                () ->
                        films.updateMany(
                                doc("{}"),
                                doc("{'$set': {'a': 1}}"),
                                UpdateOptions.DEFAULTS.withSort(doc("{'a': 1}"))));
    }

    @Test
    void an_update_of_many_stops_at_the_first_failure_and_tells_what_was_done() {
        films.insertMany(
                docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 'x'}", "{'_id': 3, 'a': 3}"), true);

        SmilodonException error =
                assertCode(14, () -> films.updateMany(doc("{}"), doc("{'$inc': {'a': 1}}")));

        assertEquals(1L, error.details().get("modifiedCount"));
        assertEquals("{'_id':1,'a':2}{'_id':2,'a':'x'}{'_id':3,'a':3}", all());
    }

    @Test
    void an_update_of_many_that_violates_a_unique_index_keeps_what_came_before() {
        films.createIndex(doc("{'key': {'u': 1}, 'unique': true}"));
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.insertMany(docs("{'_id': 1, 'u': 1, 'a': 1}", "{'_id': 2, 'u': 2, 'a': 1}"), true);

        assertCode(11000, () -> films.updateMany(doc("{}"), doc("{'$set': {'u': 9, 'a': 5}}")));

        assertEquals("{'_id':1,'u':9,'a':5}{'_id':2,'u':2,'a':1}", all());
        assertEquals(
                1, films.count(FindRequest.of(doc("{'a': 5}")).withHint(new StringValue("a_1"))));
    }

    @Test
    void documents_move_in_an_index_without_being_updated_twice() {
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.insertMany(
                docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 2}", "{'_id': 3, 'a': 3}"), true);

        UpdateResult result =
                films.updateMany(doc("{'a': {'$gt': 0}}"), doc("{'$inc': {'a': 10}}"));

        assertEquals(3, result.modifiedCount());
        assertEquals("{'_id':1,'a':11}{'_id':2,'a':12}{'_id':3,'a':13}", all());
    }

    @Test
    void a_sort_decides_which_one_is_updated_or_deleted() {
        films.insertMany(docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 2}"), true);

        films.updateOne(
                doc("{}"),
                doc("{'$set': {'b': 1}}"),
                UpdateOptions.DEFAULTS.withSort(doc("{'a': -1}")));
        FindAndModifyOptions byA =
                FindAndModifyOptions.DEFAULTS.withUpdate(
                        UpdateOptions.DEFAULTS.withSort(doc("{'a': 1}")));
        Optional<Document> gone = films.findOneAndDelete(doc("{}"), byA).value();

        assertEquals(doc("{'_id': 1, 'a': 1}"), gone.orElseThrow());
        assertEquals("{'_id':2,'a':2,'b':1}", all());
    }

    @Test
    void find_and_modify_returns_the_document_before_or_after() {
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        FindAndModifyOptions options =
                FindAndModifyOptions.DEFAULTS.withProjection(doc("{'_id': 0}"));

        assertEquals(
                Optional.of(doc("{'a': 1}")),
                films.findOneAndUpdate(doc("{'_id': 1}"), doc("{'$inc': {'a': 1}}"), options)
                        .value());
        assertEquals(
                Optional.of(doc("{'b': 1}")),
                films.findOneAndReplace(doc("{'_id': 1}"), doc("{'b': 1}"), options.returningNew())
                        .value());
        FindAndModifyResult nothing =
                films.findOneAndUpdate(doc("{'_id': 2}"), doc("{'$inc': {'a': 1}}"), options);
        assertEquals(new FindAndModifyResult(Optional.empty(), false, Optional.empty()), nothing);
        assertCode(9, () -> films.findOneAndDelete(doc("{}"), options.returningNew()));
    }

    @Test
    void find_and_modify_can_upsert() {
        FindAndModifyOptions upsert =
                FindAndModifyOptions.DEFAULTS.withUpdate(UpdateOptions.DEFAULTS.withUpsert(true));

        FindAndModifyResult before =
                films.findOneAndUpdate(doc("{'_id': 1}"), doc("{'$set': {'a': 1}}"), upsert);
        FindAndModifyResult after =
                films.findOneAndUpdate(
                        doc("{'_id': 2}"), doc("{'$set': {'a': 2}}"), upsert.returningNew());

        assertEquals(
                new FindAndModifyResult(Optional.empty(), false, Optional.of(Value.of(1))), before);
        assertEquals(Optional.of(doc("{'_id': 2, 'a': 2}")), after.value());
    }

    @Test
    void delete_one_takes_one_and_delete_many_takes_all() {
        films.insertMany(
                docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 1}", "{'_id': 3, 'a': 1}"), true);

        assertEquals(1, films.deleteOne(doc("{'a': 1}")).deletedCount());
        assertEquals(2, films.deleteMany(doc("{'a': 1}")).deletedCount());
        assertEquals(0, films.deleteMany(doc("{'a': 1}")).deletedCount());
    }

    @Test
    void an_update_that_runs_out_of_time_tells_what_is_done() {
        List<Document> many = new ArrayList<>();
        for (int id = 0; id < 5_000; id++) {
            many.add(Document.builder().put("_id", id).put("n", 0).build());
        }
        films.insertMany(many, true);
        UpdateOptions hasty = UpdateOptions.DEFAULTS.withMaxTimeMillis(1);

        SmilodonException late =
                assertCode(
                        50,
                        () -> films.updateMany(Document.EMPTY, doc("{'$inc': {'n': 1}}"), hasty));

        assertEquals(films.count(doc("{'n': 1}")), late.details().get("modifiedCount"));
    }
}
