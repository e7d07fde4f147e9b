package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partial, hashed and wildcard indexes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpecialIndexesTest extends CollectionFixture {

    private final DocumentCollection things = collection;

    SpecialIndexesTest() {
        super("test", "things");
    }

    @Test
    void rule_087_a_partial_index_serves_queries_that_imply_its_filter() {
        index("{'key': {'a': 1}, 'partialFilterExpression': {'b': {'$gte': 10}}}");
        insert("{'_id': 1, 'a': 1, 'b': 5}", "{'_id': 2, 'a': 1, 'b': 15}", "{'_id': 3, 'a': 1}");

        assertEquals("IXSCAN a_1", plan("{'a': 1, 'b': {'$gte': 10}}"));
        assertEquals("IXSCAN a_1", plan("{'a': 1, 'b': {'$gt': 12}}"));
        assertEquals("IXSCAN a_1", plan("{'a': 1, 'b': 15}"));
        assertEquals("IXSCAN a_1", plan("{'a': 1, 'b': {'$in': [10, 11]}}"));
        assertEquals("COLLSCAN", plan("{'a': 1}"));
        assertEquals("COLLSCAN", plan("{'a': 1, 'b': {'$gte': 9}}"));
        assertEquals("COLLSCAN", plan("{'a': 1, 'b': {'$exists': true}}"));
        assertEquals("COLLSCAN", plan("{'a': 1, 'b': {'$in': [9, 11]}}"));
        assertEquals(1, count("{'a': 1, 'b': {'$gt': 12}}"));
        assertEquals(3, count("{'a': 1}"));
        FindRequest unserved = FindRequest.of(doc("{'a': 1}"));
        String explained = text(things.explain(unserved, Verbosity.QUERY_PLANNER));
        assertTrue(explained.contains("PARTIAL_COULD_MISS_DOCUMENTS"), explained);
    }

    @Test
    void rule_087_filters_of_every_operator() {
        index("{'key': {'a': 1}, 'name': 'e', 'partialFilterExpression': {'e': {'$exists': 1}}}");
        index(
                "{'key': {'b': 1}, 'name': 't', 'partialFilterExpression': {'t': {'$type': 'number'}}}");
        index(
                "{'key': {'c': 1}, 'name': 'o', 'partialFilterExpression': {'$or': [{'x': 1},"
                        + " {'$and': [{'y': {'$lt': 5}}, {'z': {'$in': [1, 2]}}]}]}}");

        assertEquals("IXSCAN e", plan("{'a': 1, 'e': 7}"));
        assertEquals("IXSCAN e", plan("{'a': 1, 'e': {'$ne': null}}"));
        assertEquals("COLLSCAN", plan("{'a': 1, 'e': null}"));
        assertEquals("IXSCAN t", plan("{'b': 1, 't': 5}"));
        assertEquals("IXSCAN t", plan("{'b': 1, 't': {'$gt': 5}}"));
        assertEquals("IXSCAN t", plan("{'b': 1, 't': {'$type': 'int'}}"));
        assertEquals("COLLSCAN", plan("{'b': 1, 't': 'x'}"));
        assertEquals("IXSCAN o", plan("{'c': 1, 'x': 1}"));
        assertEquals("IXSCAN o", plan("{'c': 1, 'y': {'$lte': 4}, 'z': 2}"));
        assertEquals("IXSCAN o", plan("{'c': 1, '$or': [{'x': 1}, {'y': 1, 'z': 1}]}"));
        assertEquals("COLLSCAN", plan("{'c': 1, 'y': {'$lte': 4}}"));
    }

    @Test
    void rule_087_a_unique_partial_index_binds_only_the_documents_it_has() {
        index("{'key': {'a': 1}, 'unique': true, 'partialFilterExpression': {'b': true}}");
        insert("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 1, 'b': true}", "{'_id': 3, 'a': 1}");

        assertCode(11000, () -> insert("{'_id': 4, 'a': 1, 'b': true}"));
        assertCode(
                11000, () -> things.updateOne(doc("{'_id': 1}"), value("{'$set': {'b': true}}")));
        things.updateOne(doc("{'_id': 2}"), value("{'$set': {'b': false}}"));
        things.updateOne(doc("{'_id': 1}"), value("{'$set': {'b': true}}"));
        assertEquals(1, count("{'a': 1, 'b': true}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a': {'$ne': 1}}",
                "{'a': {'$exists': false}}",
                "{'a': {'$regex': 'x'}}",
                "{'a': {'$in': [{'$regularExpression': {'pattern': 'x', 'options': ''}}]}}",
                "{'$nor': [{'a': 1}]}",
                "{'a': {'$not': {'$gt': 1}}}",
                "{'a': {'$size': 1}}",
                "{'a': {'$elemMatch': {'b': 1}}}",
                "{'$expr': true}"
            })
    void rule_087_filters_that_an_index_cannot_have(String filter) {
        assertCode(67, () -> index("{'key': {'a': 1}, 'partialFilterExpression': " + filter + "}"));
        assertFalse(things.exists());
        things.insertOne(doc("{}"));
    }

    @Test
    void rule_087_what_is_no_filter() {
        insert("{'_id': 1}");
        assertCode(14, () -> index("{'key': {'a': 1}, 'partialFilterExpression': 1}"));
        assertCode(
                2, () -> index("{'key': {'a': 1}, 'partialFilterExpression': {'a': {'$x': 1}}}"));
    }

    @Test
    void rule_083_a_hashed_field_holds_no_array() {
        index("{'key': {'a': 'hashed'}}");
        index("{'key': {'b': 1, 'c': 'hashed'}}");

        assertCode(16766, () -> insert("{'_id': 1, 'a': [1]}"));
        assertCode(16766, () -> insert("{'_id': 1, 'a': []}"));
        assertCode(16766, () -> insert("{'_id': 1, 'b': [1]}"));
        assertCode(16766, () -> insert("{'_id': 1, 'c': [1]}"));
        insert("{'_id': 1, 'a': {'x': [1]}}");
        assertCode(16766, () -> index("{'key': {'a.x': 'hashed'}}"));
        assertCode(16764, () -> index("{'key': {'d': 'hashed'}, 'unique': true}"));
        assertCode(31303, () -> index("{'key': {'d': 'hashed', 'e': 'hashed'}}"));
        assertCode(67, () -> index("{'key': {'d': 'hashed'}, 'expireAfterSeconds': 1}"));
        assertEquals(3, things.indexes().size());
    }

    @Test
    void a_hashed_index_serves_single_values() {
        index("{'key': {'a': 'hashed', 'b': 1}}");
        insert("{'_id': 1, 'a': 1, 'b': 1}", "{'_id': 2, 'a': 1.5}", "{'_id': 3}");
        insert("{'_id': 4, 'a': {'x': 1}}", "{'_id': 5, 'a': null}");

        String index = "IXSCAN a_hashed_b_1";
        assertEquals(index, plan("{'a': 1}"));
        assertEquals(index, plan("{'a': {'$in': [1, 'x']}}"));
        assertEquals(index, plan("{'a': null}"));
        assertEquals("COLLSCAN", plan("{'a': {'$gt': 1}}"));
        assertEquals("COLLSCAN", plan("{'a': {'$ne': 1}}"));
        assertEquals(1, count("{'a': 1}"), "1.5 has the same hash");
        assertEquals(2, count("{'a': null}"));
        assertEquals(1, count("{'a': {'x': 1.0}}"));
        assertEquals("{'_id':1}", sorted("{'a': 1}", "{'b': 1}"));
        assertEquals("{'_id':1}{'_id':2}", sorted("{'a': {'$in': [1, 1.5]}}", "{'a': 1}"));
        assertTrue(text(things.indexes().get(1)).contains("'key':{'a':'hashed','b':1}"));
    }

    /** MongoDB's numbers past the last long have the hash of the first one, or of the last. */
    @Test
    void equal_numbers_of_different_types_have_one_hash() {
        index("{'key': {'a': 'hashed'}}");
        String decimal = "{'$numberDecimal': '9223372036854775808'}";
        insert("{'_id': 1, 'a': 9223372036854775808.0}", "{'_id': 2, 'a': " + decimal + "}");
        insert("{'_id': 3, 'a': {'$numberLong': '9223372036854775807'}}");

        assertEquals("IXSCAN a_hashed", plan("{'a': 9223372036854775808.0}"));
        assertEquals(2, count("{'a': 9223372036854775808.0}"));
        assertEquals(2, count("{'a': " + decimal + "}"));
        assertEquals(1, count("{'a': {'$numberDecimal': '9223372036854775807'}}"));
    }

    private String sorted(String filter, String sort) {
        FindRequest request = FindRequest.of(doc(filter)).withSort(doc(sort));
        return text(things.find(request.withProjection(doc("{'_id': 1}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a.b': 1} | true",
                "{'a.b': {'$gt': 0}, 'e': {'$lt': 'y'}} | true",
                "{'c': 1} | true",
                "{'c.d': {'$in': [1, 2]}} | true",
                "{'e': 'x'} | true",
                "{'e': {'$exists': true}} | true",
                "{'a': {}} | true",
                "{'c': {'$elemMatch': {'d': 2}}} | true",
                "{'$or': [{'a.b': 1}, {'e': 'x'}]} | true",
                "{'a.b': {'$exists': false}} | false",
                "{'a.b': null} | false",
                "{'a.b': {'$ne': 1}} | false",
                "{'c.0': 1} | false",
                "{} | false"
            })
    void rule_092_a_wildcard_index_serves_one_condition(String filter, boolean isServed) {
        index("{'key': {'$**': 1}}");
        insert("{'_id': 1, 'a': {'b': 1}, 'c': [1, {'d': 2}], 'e': 'x'}", "{'_id': 2, 'a': {}}");
        insert("{'_id': 3, 'c': [], 'e': null}");

        String plan = plan(filter);
        assertEquals(isServed, plan.contains("IXSCAN $**_1"), plan);
    }

    @Test
    void rule_092_documents_and_arrays_have_no_entries_as_wholes() {
        index("{'key': {'$**': 1}}");
        insert("{'_id': 1, 'a': {'b': 1}, 'c': [1, {'d': 2}], 'e': 'x'}", "{'_id': 2, 'a': {}}");
        insert("{'_id': 3, 'c': [], 'e': null}");

        assertEquals(1, count("{'a': {'b': 1}}"));
        assertEquals(1, count("{'a': {}}"));
        assertEquals(1, count("{'c': []}"));
        assertEquals(1, count("{'c': [1, {'d': 2}]}"));
        assertEquals(2, count("{'e': {'$exists': true}}"));
        assertEquals(2, count("{'a': {'$exists': true}}"));
    }

    @Test
    void rule_092_a_wildcard_index_sorts_by_a_field_that_never_was_an_array() {
        index("{'key': {'$**': 1}}");
        insert("{'_id': 1, 'a': 2}", "{'_id': 2, 'a': 1}");
        FindRequest request =
                FindRequest.of(doc("{'a': {'$gt': 0}}"))
                        .withSort(doc("{'a': 1}"))
                        .withHint(value("'$**_1'"));

        assertFalse(plan(request).contains("'SORT'"), () -> plan(request));
        insert("{'_id': 3, 'a': [3, 0]}");
        assertTrue(plan(request).contains("'SORT'"), () -> plan(request));
        assertEquals(
                "{'_id':3,'a':[3,0]}{'_id':2,'a':1}{'_id':1,'a':2}", text(things.find(request)));
    }

    private String plan(FindRequest request) {
        Document explained = things.explain(request, Verbosity.QUERY_PLANNER);
        return text(((Document) explained.get("queryPlanner")).get("winningPlan"));
    }

    @Test
    void a_wildcard_index_holds_what_its_key_and_projection_say() {
        index("{'key': {'a.$**': 1}}");
        index("{'key': {'$**': 1}, 'wildcardProjection': {'b': 1, '_id': 1}}");
        index("{'key': {'$**': -1}, 'name': 'not', 'wildcardProjection': {'a': 0, 'b': 0}}");
        insert("{'_id': 1, 'a': {'x': 1}, 'b': 1, 'c': 1}");

        assertEquals("IXSCAN a.$**_1", plan("{'a.x': 1}"));
        assertEquals("IXSCAN a.$**_1", plan("{'a': 5}"));
        assertEquals("IXSCAN $**_1", plan("{'b': 1}"));
        assertEquals("IXSCAN not", plan("{'c': 1}"));
        assertTrue(text(things.indexes().get(2)).contains("'wildcardProjection':{'b':1,'_id':1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "67 | {'key': {'$**': 1}, 'unique': true}",
                "67 | {'key': {'$**': 1}, 'sparse': true}",
                "67 | {'key': {'$**': 1}, 'expireAfterSeconds': 1}",
                "67 | {'key': {'a': 1, '$**': 1}}",
                "67 | {'key': {'a.$**.b': 1}}",
                "9 | {'key': {'a.$**': 1}, 'wildcardProjection': {'b': 1}}",
                "9 | {'key': {'$**': 1}, 'wildcardProjection': {}}",
                "14 | {'key': {'$**': 1}, 'wildcardProjection': 1}",
                "14 | {'key': {'a.$**': 1}, 'wildcardProjection': 1}",
                "51271 | {'key': {'$**': 1}, 'wildcardProjection': {'a': 'x'}}",
                "31254 | {'key': {'$**': 1}, 'wildcardProjection': {'a': 1, 'b': 0}}",
                "31253 | {'key': {'$**': 1}, 'wildcardProjection': {'a': 0, 'b': 1}}",
                "2 | {'key': {'a': 1}, 'wildcardProjection': {'a': 1}}",
                "2 | {'key': {'$**': 'text'}, 'wildcardProjection': {'a': 1}}"
            })
    void wildcard_indexes_that_cannot_be(int code, String specification) {
        insert("{'_id': 1}");
        assertCode(code, () -> index(specification));
    }

    @Test
    void a_field_without_a_name_has_a_path_too() {
        insert("{'_id': 1, '': {'x': 1}}", "{'_id': 2, 'x': 1}", "{'_id': 3, '': 1}");
        String unsorted = "{'$natural': 1}";
        String expected = sorted("{'x': 1}", unsorted) + sorted("{'': 1}", unsorted);
        index("{'key': {'$**': 1}}");

        assertEquals("IXSCAN $**_1", plan("{'x': 1}"));
        assertEquals("{'_id':2}{'_id':3}", expected);
        assertEquals(1, count("{'x': 1}"));
        assertEquals(1, count("{'x': {'$exists': true}}"));
        assertEquals(2, count("{'': {'$exists': true}}"));
    }

    @Test
    void a_wildcard_index_can_be_hinted_only_if_it_serves() {
        index("{'key': {'$**': 1}}");
        insert("{'_id': 1, 'a': 1}");
        FindRequest hinted = FindRequest.of(doc("{}")).withHint(value("'$**_1'"));
        assertCode(291, () -> things.count(hinted));
    }
}
