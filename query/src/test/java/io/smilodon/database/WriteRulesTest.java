package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rules 64 to 76 of updates, and variables, as a program meets them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteRulesTest {

    private static final UpdateOptions UPSERT = UpdateOptions.DEFAULTS.withUpsert(true);
    private static final Document ALL = Document.EMPTY;

    private Smilodon smilodon;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        films = smilodon.database("cinema").collection("films");
        films.insertMany(
                docs("{'_id': 1, 'k': 'x', 'a': [1, 5, 9]}", "{'_id': 2, 'k': 'x', 'a': [5, 6]}"),
                true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String a(int id) {
        return text(films.findById(Value.of(id)).orElseThrow().document().get("a"));
    }

    @Test
    void rule_064_the_dollar_is_the_element_that_the_filter_found() {
        films.updateOne(doc("{'_id': 1, 'a': 5}"), doc("{'$set': {'a.$': 0}}"));
        assertEquals("[1,0,9]", a(1));

        films.updateMany(doc("{'a': {'$gt': 5}}"), doc("{'$inc': {'a.$': 100}}"));
        assertEquals("[1,0,109]", a(1));
        assertEquals("[5,106]", a(2));

        FindAndModifyResult changed =
                films.findOneAndUpdate(
                        doc("{'a': 106}"),
                        doc("{'$unset': {'a.$': ''}}"),
                        FindAndModifyOptions.DEFAULTS.returningNew());
        assertEquals("{'_id':2,'k':'x','a':[5,null]}", text(changed.value().orElseThrow()));

        assertCode(2, () -> films.updateOne(doc("{'_id': 1}"), doc("{'$set': {'a.$': 0}}")));
        assertCode(
                2,
                () ->
                        films.updateOne(
                                doc("{'_id': 9, 'a': 7}"), doc("{'$set': {'a.$': 0}}"), UPSERT));
    }

    @Test
    void rule_064_the_dollar_stands_once_and_not_first() {
        Document five = doc("{'a': 5}");
        for (String path : List.of("a.$.$", "a.$.b.$", "$", "$.a", "$.a.$")) {
            Document update = Document.of("$set", Document.of(path, Value.of(0)));
            assertCode(2, () -> films.updateOne(five, update));
        }
        // An array is there, but the filter asks nothing of it.
        assertCode(2, () -> films.updateMany(doc("{'k': 'x'}"), doc("{'$set': {'a.$': 0}}")));
        assertEquals("[1,5,9]", a(1));
    }

    @Test
    void rule_065_array_filters_say_which_elements_are_meant() {
        UpdateOptions filters = UpdateOptions.DEFAULTS.withArrayFilters(docs("{'x': {'$gte': 6}}"));

        UpdateResult result = films.updateMany(ALL, doc("{'$set': {'a.$[x]': 0}}"), filters);
        films.updateOne(doc("{'_id': 2}"), doc("{'$inc': {'a.$[]': 1}}"));

        assertEquals(new UpdateResult(2, 2, Optional.empty()), result);
        assertEquals("[1,5,0]", a(1));
        assertEquals("[6,1]", a(2));
        assertCode(9, () -> films.updateMany(ALL, doc("{'$set': {'b': 0}}"), filters));
        assertCode(9, () -> films.updateMany(ALL, value("[{'$set': {'b': 0}}]"), filters));
    }

    private void refusesFilters(int code, String update, String... filters) {
        UpdateOptions options = UpdateOptions.DEFAULTS.withArrayFilters(docs(filters));
        assertCode(code, () -> films.updateMany(ALL, doc(update), options));
    }

    @Test
    void rule_065_what_array_filters_and_all_elements_refuse() {
        assertCode(2, () -> films.updateOne(ALL, doc("{'$set': {'none.$[]': 0}}")));
        assertCode(2, () -> films.updateOne(ALL, doc("{'$set': {'k.$[]': 0}}")));
        refusesFilters(2, "{'$set': {'none.$[x]': 0}}", "{'x': 1}");
        refusesFilters(2, "{'$set': {'k.$[x]': 0}}", "{'x': 1}");
        refusesFilters(9, "{'$set': {'a.$[x]': 0}}", "{'x': 1}", "{'y': 1}");
        refusesFilters(9, "{'$set': {'a.$[x]': 0}}", "{'x': 1}", "{'x': 2}");
        refusesFilters(9, "{'$set': {'a.$[x]': 0}}", "{'x': 1, 'y': 1}");
        refusesFilters(9, "{'$set': {'a.$[x]': 0}}", "{}");
        refusesFilters(2, "{'$set': {'a.$[x]': 0}}", "{'X': 1}");
        refusesFilters(2, "{'$set': {'a.$[x-y]': 0}}", "{'x': 1}");
        refusesFilters(2, "{'$set': {'a.$[y]': 0}}", "{'x': 1}");
        refusesFilters(2, "{'$set': {'a.$[x]': 0}}");
        assertEquals("[1,5,9]", a(1));
    }

    @Test
    void rule_066_an_upsert_changes_the_elements_of_the_array_that_the_filter_demands() {
        films.updateOne(doc("{'_id': 3, 'a': [1, 2]}"), doc("{'$mul': {'a.$[]': 5}}"), UPSERT);

        assertEquals("[5,10]", a(3));
    }

    @Test
    void bulks_pass_filters_constants_and_variables_on() {
        Document answer =
                Actions.run(
                        films,
                        "bulkWrite",
                        doc(
                                "{'operations': [{'updateOne': {'filter': {'_id': 1}, 'update':"
                                        + " {'$set': {'a.$[x]': 0}}, 'arrayFilters': [{'x': 5}]}},"
                                        + " {'updateMany': {'filter': {'a': 6}, 'update': {'$set':"
                                        + " {'a.$': 7}}}}, {'updateOne': {'filter':"
                                        + " {'$expr': {'$eq': ['$_id', '$$i']}}, 'update':"
                                        + " [{'$set': {'b': '$$v'}}], 'let':"
                                        + " {'i': 2}, 'c': {'v': 3}}}]}"));

        assertEquals("3", text(answer.get("modifiedCount")));
        assertEquals("[1,0,9]", a(1));
        assertEquals(
                "{'_id':2,'k':'x','a':[5,7],'b':3}",
                text(films.findOne(doc("{'b': 3}")).orElseThrow()));
    }

    @Test
    void pipelines_update_one_many_and_what_is_returned() {
        films.updateMany(doc("{'k': 'x'}"), value("[{'$set': {'a': {'$sum': '$a'}}}]"));
        assertEquals("15", a(1));
        assertEquals("11", a(2));

        FindAndModifyResult changed =
                films.findOneAndUpdate(
                        doc("{'_id': 3}"),
                        value("[{'$set': {'a': {'$add': ['$_id', 1]}}}]"),
                        FindAndModifyOptions.DEFAULTS.withUpdate(UPSERT).returningNew());
        assertEquals("{'_id':3,'a':4}", text(changed.value().orElseThrow()));
        assertCode(66, () -> films.updateOne(ALL, value("[{'$set': {'_id': 7}}]")));
        assertCode(72, () -> films.updateOne(ALL, value("[{'$match': {'_id': 7}}]")));
        assertCode(40324, () -> films.updateOne(ALL, value("[{'$inc': {'a': 7}}]")));
    }

    @Test
    void variables_of_let_are_seen_by_filters_projections_and_pipelines() {
        Document filter = doc("{'$expr': {'$in': ['$$n', '$a']}}");
        Document let = doc("{'n': {'$add': [4, 2]}}");
        UpdateOptions options = UpdateOptions.DEFAULTS.withLet(let);

        FindRequest request =
                FindRequest.of(filter).withLet(let).withProjection(doc("{'n': '$$n'}"));
        assertEquals("{'_id':2,'n':6}", text(films.find(request)));
        assertEquals(1, films.count(request));
        films.updateMany(filter, value("[{'$set': {'a': ['$$n']}}]"), options);
        assertEquals("[6]", a(2));
        FindAndModifyOptions modify =
                FindAndModifyOptions.DEFAULTS
                        .withUpdate(options)
                        .withProjection(doc("{'_id': 0, 'm': '$$n'}"));
        FindAndModifyResult found =
                films.findOneAndUpdate(filter, doc("{'$set': {'b': 1}}"), modify);
        assertEquals("{'m':6}", text(found.value().orElseThrow()));
        DeleteOptions delete = new DeleteOptions(DeleteOptions.DEFAULTS.hint(), 0, let);
        assertEquals(1, films.deleteMany(filter, delete).deletedCount());

        assertCode(17276, () -> films.find(FindRequest.of(filter)));
        assertCode(17276, () -> films.deleteOne(filter));
        assertCode(9, () -> films.find(FindRequest.of(filter).withLet(doc("{'N': 1}"))));
        assertCode(4890500, () -> films.count(FindRequest.of(filter).withLet(doc("{'n': '$a'}"))));
    }

    @Test
    void rule_068_an_upsert_inserts_what_the_filter_equals_then_updated() {
        films.updateOne(
                doc(
                        "{'_id': 3, 'k': {'$eq': 'y'}, '$and': [{'l': 1}], '$or': [{'m': 2}],"
                                + " 'n': {'$gt': 1}}"),
                doc("{'$inc': {'l': 1}}"),
                UPSERT);

        Document inserted = films.findById(Value.of(3)).orElseThrow().document();
        assertEquals("{'_id':3,'k':'y','l':2,'m':2}", text(inserted));
    }

    @Test
    void rule_069_an_upsert_refuses_a_filter_that_names_a_field_twice() {
        Document set = doc("{'$set': {'b': 1}}");

        assertCode(54, () -> films.updateOne(doc("{'$and': [{'z': 1}, {'z': 1}]}"), set, UPSERT));
        assertCode(54, () -> films.updateOne(doc("{'z': 1, 'z.y': 1}"), set, UPSERT));
        assertCode(111, () -> films.updateOne(doc("{'_id.x': 1}"), set, UPSERT));
        UpdateResult two =
                films.updateOne(doc("{'_id': 5, '$or': [{'z': 1}, {'y': 1}]}"), set, UPSERT);
        assertEquals(Optional.of(Value.of(5)), two.upsertedId());
        assertEquals("{'_id':5,'b':1}", text(films.findOne(doc("{'_id': 5}")).orElseThrow()));
    }

    @Test
    void rule_071_upserts_of_one_unique_key_are_one_insert_and_then_updates() {
        films.createIndex(doc("{'key': {'u': 1}, 'unique': true, 'sparse': true}"));
        Document filter = doc("{'u': 1}");

        films.updateOne(filter, doc("{'$inc': {'n': 1}}"), UPSERT);
        films.updateOne(filter, doc("{'$inc': {'n': 1}}"), UPSERT);

        assertEquals(1, films.count(doc("{'u': 1, 'n': 2}")));
    }

    @Test
    void rule_071_what_the_filter_does_not_say_of_the_key_is_not_tried_again() {
        films.createIndex(doc("{'key': {'u': 1}, 'unique': true, 'sparse': true}"));
        films.insertOne(doc("{'_id': 3, 'u': 1}"));
        Document taken = doc("{'$set': {'u': 1}}");
        assertCode(11000, () -> films.updateOne(doc("{'_id': 9}"), taken, UPSERT));
        assertCode(11000, () -> films.updateOne(doc("{'u': 1, 'k': 'y'}"), taken, UPSERT));
    }

    @Test
    void rule_072_a_replacement_is_of_one_document_and_many_are_not_sorted() {
        assertCode(9, () -> films.updateMany(ALL, doc("{'b': 1}")));
        assertCode(9, () -> films.updateOne(ALL, doc("{'b': 1}")));
        assertCode(9, () -> films.replaceOne(ALL, doc("{'$set': {'b': 1}}")));
        UpdateOptions sorted = UpdateOptions.DEFAULTS.withSort(doc("{'_id': -1}"));
        assertCode(9, () -> films.updateMany(ALL, doc("{'$set': {'b': 1}}"), sorted));

        films.updateOne(ALL, doc("{'$set': {'b': 1}}"), sorted);
        films.replaceOne(doc("{'k': 'x'}"), doc("{'c': 1}"), sorted);
        assertEquals("{'_id':2,'c':1}", text(films.findOne(doc("{'_id': 2}")).orElseThrow()));
    }

    @Test
    void rule_073_find_and_modify_returns_the_document_or_null() {
        FindAndModifyOptions last =
                FindAndModifyOptions.DEFAULTS
                        .withUpdate(UpdateOptions.DEFAULTS.withSort(doc("{'_id': -1}")))
                        .withProjection(doc("{'a': 0}"));

        FindAndModifyResult before = films.findOneAndUpdate(ALL, doc("{'$set': {'k': 'y'}}"), last);
        FindAndModifyResult after =
                films.findOneAndReplace(ALL, doc("{'z': 1}"), last.returningNew());
        FindAndModifyResult gone = films.findOneAndDelete(ALL, last);
        FindAndModifyResult none = films.findOneAndDelete(doc("{'_id': 9}"), last);

        assertEquals("{'_id':2,'k':'x'}", text(before.value().orElseThrow()));
        assertEquals("{'_id':2,'z':1}", text(after.value().orElseThrow()));
        assertEquals("{'_id':2,'z':1}", text(gone.value().orElseThrow()));
        assertTrue(none.value().isEmpty());
        assertCode(9, () -> films.findOneAndDelete(ALL, last.returningNew()));
        assertCode(9, () -> films.findOneAndDelete(ALL, last.withUpdate(UPSERT)));
        Document answer =
                Actions.run(
                        films,
                        "findOneAndUpdate",
                        doc(
                                "{'filter': {'_id': 9}, 'update': {'$set': {'b': 1}}, 'upsert':"
                                        + " true, 'returnDocument': 'after'}"));
        assertEquals(
                "{'value':{'_id':9,'b':1},'lastErrorObject':{'n':1,'updatedExisting':false,"
                        + "'upserted':9}}",
                text(answer));
    }

    @Test
    void rule_076_errors_of_a_bulk_say_which_write_and_which_key() {
        String operations =
                "{'operations': [{'insertOne': {'document': {'_id': 3}}}, {'insertOne':"
                        + " {'document': {'_id': 1}}}, {'updateOne': {'filter': {'_id': 1},"
                        + " 'update': {'$inc': {'k': 1}}}}, {'insertOne': {'document':"
                        + " {'_id': 4}}}], 'ordered': %s}";

        Document unordered = Actions.run(films, "bulkWrite", doc(operations.formatted("false")));
        Document ordered = Actions.run(films, "bulkWrite", doc(operations.formatted("true")));

        assertEquals("2", text(unordered.get("insertedCount")));
        List<Value> errors = ((ArrayValue) unordered.get("writeErrors")).elements();
        assertEquals(2, errors.size());
        Document duplicate = (Document) errors.get(0);
        assertEquals("1", text(duplicate.get("index")));
        assertEquals("11000", text(duplicate.get("code")));
        assertEquals("{'_id':1}", text(duplicate.get("keyPattern")));
        assertEquals("{'_id':1}", text(duplicate.get("keyValue")));
        assertEquals("14", text(((Document) errors.get(1)).get("code")));
        assertEquals("0", text(ordered.get("insertedCount")));
        assertEquals(1, ((ArrayValue) ordered.get("writeErrors")).size());
    }

    @Test
    void rule_076_a_multi_update_stops_at_the_first_document_that_fails() {
        films.insertMany(docs("{'_id': 3, 'n': 1}", "{'_id': 4, 'n': 'x'}"), true);

        SmilodonException error =
                assertCode(14, () -> films.updateMany(ALL, doc("{'$inc': {'n': 1}}")));

        assertEquals(3L, error.details().get("modifiedCount"));
        assertEquals(1, films.count(doc("{'_id': 3, 'n': 2}")));
    }
}
