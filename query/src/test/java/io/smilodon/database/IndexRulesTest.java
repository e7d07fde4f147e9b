package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.plan.KeyRange;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes in the order of values, by rule. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexRulesTest extends CollectionFixture {

    private final DocumentCollection things = collection;

    IndexRulesTest() {
        super("test", "things");
    }

    @Test
    void rule_077_in_a_unique_index_only_one_document_may_lack_the_field() {
        index("{'key': {'a': 1}, 'unique': true}");
        insert("{'_id': 1}", "{'_id': 2, 'a': 1}");

        String message = assertCode(11000, () -> insert("{'_id': 3, 'a': null}")).getMessage();

        assertTrue(message.contains("index: a_1 dup key: { a: null }"), message);
        assertCode(11000, () -> insert("{'_id': 3}"));
        assertCode(11000, () -> insert("{'_id': 3, 'a': 1.0}"));
    }

    @Test
    void rule_077_several_fields_are_unique_together() {
        index("{'key': {'a': 1, 'b': -1}, 'unique': true}");
        insert("{'_id': 1, 'a': 1, 'b': 1}", "{'_id': 2, 'a': 1, 'b': 2}", "{'_id': 3, 'a': 1}");

        assertCode(11000, () -> insert("{'_id': 4, 'a': 1, 'b': 2}"));
        assertCode(11000, () -> insert("{'_id': 4, 'a': 1, 'b': null}"));
        insert("{'_id': 4, 'b': 1}");
        assertCode(11000, () -> things.updateOne(doc("{'_id': 4}"), value("{'$set': {'a': 1}}")));
    }

    @Test
    void rule_078_elements_are_unique_among_documents_not_within_one() {
        index("{'key': {'a': 1}, 'unique': true}");
        insert("{'_id': 1, 'a': [1, 1, 2]}");

        assertCode(11000, () -> insert("{'_id': 2, 'a': [3, 2]}"));
        assertCode(11000, () -> insert("{'_id': 2, 'a': 1}"));
        insert("{'_id': 2, 'a': [3, 3]}");
        things.updateOne(doc("{'_id': 2}"), value("{'$set': {'a': [3, 4]}}"));
        assertEquals(1, count("{'a': 4}"));
    }

    @Test
    void rule_079_a_sparse_index_leaves_out_what_lacks_all_of_its_fields() {
        index("{'key': {'a': 1}, 'sparse': true, 'unique': true}");
        index("{'key': {'b': 1, 'c': 1}, 'sparse': true}");
        insert("{'_id': 1}", "{'_id': 2}", "{'_id': 3, 'a': null}", "{'_id': 4, 'c': 1}");

        assertCode(11000, () -> insert("{'_id': 5, 'a': null}"));
        assertEquals(1, things.count(FindRequest.of(doc("{}")).withHint(value("'a_1'"))));
        assertEquals(1, things.count(FindRequest.of(doc("{}")).withHint(value("'b_1_c_1'"))));
        assertEquals("COLLSCAN", plan("{'a': null}"));
        assertEquals("IXSCAN a_1", plan("{'a': {'$gt': 1}}"));
        assertEquals(4, count("{'a': null}"));
    }

    @Test
    void rule_080_one_field_of_a_document_may_be_an_array() {
        index("{'key': {'a': 1, 'b': 1}}");
        index("{'key': {'c.x': 1, 'c.y': 1}}");
        insert("{'_id': 1, 'a': [1, 2], 'b': 3}", "{'_id': 2, 'a': 1, 'b': [3, 4]}");
        insert("{'_id': 3, 'c': [{'x': 1, 'y': 2}, {'x': 3, 'y': 4}]}");

        assertCode(171, () -> insert("{'_id': 4, 'a': [1], 'b': [2]}"));
        assertCode(171, () -> insert("{'_id': 4, 'a': [], 'b': []}"));
        assertCode(171, () -> insert("{'_id': 4, 'c': [{'x': [1], 'y': [2]}]}"));
        assertCode(
                171, () -> things.updateOne(doc("{'_id': 1}"), value("{'$set': {'b': [1, 2]}}")));
        assertEquals(1, count("{'a': 2, 'b': 3}"));
        assertEquals(1, count("{'c': {'$elemMatch': {'x': 1, 'y': 2}}}"));
        assertEquals(0, count("{'c': {'$elemMatch': {'x': 1, 'y': 4}}}"));
        assertEquals(1, count("{'c.x': 1, 'c.y': 4}"));
    }

    @Test
    void rule_081_elements_that_are_no_documents_are_null_to_longer_paths() {
        index("{'key': {'a.x': 1}}");
        index("{'key': {'b': 1}}");
        insert("{'_id': 1, 'a': [1, {'x': 2}], 'b': [[1, 2], 3]}");

        assertEquals("{'a.x':null}", key("{'a.x': 1}", "{}"));
        assertEquals("{'a.x':2}", key("{'a.x': 1}", "{'a.x': 2}"));
        assertEquals("{'b':3}", key("{'b': 1}", "{'b': 3}"));
        assertEquals("{'b':[1,2]}", key("{'b': 1}", "{'b': [1, 2]}"));
        assertEquals("", key("{'b': 1}", "{'b': 1}"));
        assertEquals(1, count("{'b': [1, 2]}"));
    }

    /** The key by which a scan of the index finds the document. */
    private String key(String index, String filter) {
        FindRequest request = FindRequest.of(doc(filter)).withHint(value(index));
        return text(things.find(request.withKeys(true)));
    }

    @Test
    void rule_082_an_empty_array_sorts_below_null_and_tests_of_null_look_at_the_document() {
        index("{'key': {'a': 1}}");
        index("{'key': {'b.x': 1}}");
        insert("{'_id': 1, 'a': []}", "{'_id': 2, 'a': null}", "{'_id': 3}", "{'_id': 4, 'b': []}");

        FindRequest sorted = FindRequest.of(doc("{}")).withSort(doc("{'a': 1}"));
        FindRequest lowest = sorted.withHint(value("'a_1'")).withLimit(1);
        assertEquals("{'_id':1,'a':[]}", text(things.find(lowest)));
        assertEquals(3, count("{'a': null}"));
        assertEquals(1, count("{'a': []}"));
        assertEquals(3, count("{'b.x': null}"));
        assertEquals("IXSCAN a_1", plan("{'a': null}"));
    }

    @Test
    void rule_083_what_cannot_be_created() {
        index("{'key': {'a': 1}}");
        assertCode(85, () -> index("{'key': {'a': 1}, 'name': 'other'}"));
        assertCode(86, () -> index("{'key': {'b': 1}, 'name': 'a_1'}"));
        assertCode(86, () -> index("{'key': {'a': 1}, 'sparse': true}"));
        assertCode(85, () -> index("{'key': {'a': 1}, 'expireAfterSeconds': 5}"));
        assertCode(85, () -> index("{'key': {'a': 1}, 'name': 'x', 'expireAfterSeconds': 5}"));
        assertCode(67, () -> index("{'key': {'a': 1}, 'name': ''}"));
        assertCode(67, () -> index("{'key': {'a': 'nonsense'}}"));
        assertCode(197, () -> index("{'key': {'_id': 1}, 'sparse': true}"));
        assertCode(197, () -> index("{'key': {'a': 1}, 'colour': 1}"));
        assertEquals(
                "all indexes already exist",
                things.createIndex(doc("{'key': {'a': 1}}")).note().orElseThrow());
    }

    @Test
    void rule_084_one_key_may_be_indexed_in_several_ways() {
        index("{'key': {'a': 1}}");
        index("{'key': {'a': 1}, 'name': 'u', 'unique': true}");
        index("{'key': {'a': 1}, 'name': 's', 'sparse': true}");
        index("{'key': {'a': 1}, 'name': 'p', 'partialFilterExpression': {'b': 1}}");
        index("{'key': {'a': 1}, 'name': 'q', 'partialFilterExpression': {'b': 2}}");
        index("{'key': {'a': 'hashed'}}");
        insert("{'_id': 1, 'a': 1}");

        assertCode(11000, () -> insert("{'_id': 2, 'a': 1}"));
        assertEquals(7, things.indexes().size());
    }

    @Test
    void rule_085_one_of_several_indexes_with_a_key_is_dropped_by_name() {
        index("{'key': {'a': 1}}");
        index("{'key': {'a': 1}, 'name': 'u', 'unique': true}");
        index("{'key': {'b': 'hashed'}}");
        index("{'key': {'$**': 1}}");

        assertCode(181, () -> things.dropIndex(doc("{'a': 1}")));
        things.dropIndex(value("'u'"));
        things.dropIndex(doc("{'a': 1}"));
        things.dropIndex(doc("{'b': 'hashed'}"));
        things.dropIndex(doc("{'$**': 1}"));
        assertCode(27, () -> things.dropIndex(doc("{'a': 1}")));
        assertCode(72, () -> things.dropIndex(doc("{'_id': 1}")));
        assertEquals(1, things.indexes().size());
    }

    @Test
    void rule_086_limits_and_options_that_do_not_go_together() {
        assertCode(
                67,
                () ->
                        index(
                                "{'key': {'a': 1}, 'sparse': true, 'partialFilterExpression':"
                                        + " {'a': 1}}"));
        assertCode(197, () -> index("{'key': {'_id': 1}, 'partialFilterExpression': {'a': 1}}"));
        assertCode(197, () -> index("{'key': {'_id': 1}, 'hidden': true}"));
        for (int i = 1; i < 64; i++) {
            index("{'key': {'f" + i + "': 1}}");
        }
        assertCode(67, () -> index("{'key': {'one.more': 1}}"));
    }

    @Test
    void rule_089_a_hint_is_followed_even_where_documents_are_missed() {
        index("{'key': {'a': 1}, 'sparse': true}");
        index("{'key': {'b': 1}, 'partialFilterExpression': {'c': 1}}");
        insert("{'_id': 1, 'a': 1}", "{'_id': 2, 'b': 1}", "{'_id': 3, 'b': 1, 'c': 1}");

        FindRequest all = FindRequest.of(doc("{}"));
        assertEquals(1, things.count(all.withHint(value("'a_1'"))));
        assertEquals(1, things.count(all.withHint(value("{'b': 1}"))));
        assertEquals(3, things.count(all));
        String wanted = "hint provided does not correspond to an existing index";
        String message =
                assertCode(2, () -> things.count(all.withHint(value("'none'")))).getMessage();
        assertTrue(message.contains(wanted), message);
    }

    @Test
    void rule_090_min_belongs_to_the_range_and_max_does_not_and_both_need_a_hint() {
        index("{'key': {'a': 1}}");
        index("{'key': {'b': 'hashed'}}");
        insert("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 2}", "{'_id': 3, 'a': 3}");

        KeyRange range = new KeyRange(doc("{'a': 1}"), doc("{'a': 3}"));
        FindRequest request = FindRequest.of(doc("{}")).withRange(range);
        assertEquals(
                "{'_id':1,'a':1}{'_id':2,'a':2}",
                text(things.find(request.withHint(value("'a_1'")))));
        assertCode(51173, () -> things.find(request));
        assertCode(51174, () -> things.find(request.withHint(value("'b_hashed'"))));
    }

    /** Nor does one id say which index is meant: without a hint the range would count nowhere. */
    @Test
    void rule_090_min_and_max_need_a_hint_beside_one_id_too() {
        insert("{'_id': 1}", "{'_id': 2}", "{'_id': 3}");
        FindRequest two = FindRequest.of(doc("{'_id': 2}"));
        for (String min : List.of("1", "2", "3")) {
            KeyRange range = new KeyRange(doc("{'_id': %s}".formatted(min)), Document.EMPTY);
            FindRequest request = two.withRange(range);

            assertCode(51173, () -> things.find(request));
            assertEquals(
                    min.equals("3") ? "" : "{'_id':2}",
                    text(things.find(request.withHint(value("'_id_'")))));
        }
    }

    @Test
    void rule_091_a_query_is_covered_unless_arrays_are_asked_for() {
        index("{'key': {'a': 1, 'b': 1}}");
        insert("{'_id': 1, 'a': 1, 'b': 2}");
        FindRequest request =
                FindRequest.of(doc("{'a': 1}")).withProjection(doc("{'_id': 0, 'b': 1}"));

        assertEquals("{'b':2}", text(things.find(request)));
        assertEquals(0, examined(request));
        assertEquals(1, examined(request.withProjection(doc("{'b': 1}"))));
        insert("{'_id': 2, 'a': 2, 'b': [1, 2]}");
        assertEquals(1, examined(request));
        assertEquals(0, examined(request.withProjection(doc("{'_id': 0, 'a': 1}"))));
    }

    @Test
    void rule_091_an_index_does_not_cover_what_elemMatch_asks_of_arrays() {
        index("{'key': {'a': 1, 'b': 1}}");
        insert("{'_id': 1, 'a': 1, 'b': [2, 9]}", "{'_id': 2, 'a': 1, 'b': 9}");
        Document onlyA = doc("{'_id': 0, 'a': 1}");
        FindRequest any = FindRequest.of(doc("{'a': 1}")).withProjection(onlyA);
        FindRequest one = FindRequest.of(doc("{'a': 1, 'b': {'$elemMatch': {'$gt': 5}}}"));

        assertEquals(0, examined(any));
        assertEquals(2, examined(one.withProjection(onlyA)));
        assertEquals("{'a':1}", text(things.find(one.withProjection(onlyA))));
        assertEquals(1, things.count(one));
        assertEquals(
                2,
                examined(any.withProjection(doc("{'_id': 0, 'b': {'$elemMatch': {'$gt': 5}}}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {'p': {'$near': [1, 1]}} | p_2d_a_1
            {'p': {'$geoWithin': {'$center': [[1, 1], 1]}}} | p_2d_a_1
            {'at': {'$nearSphere': [1, 1]}} | at_2dsphere_a_1
            {'at': {'$geoWithin': {'$centerSphere': [[1, 1], 0.1]}}} | at_2dsphere_a_1
            """)
    void rule_091_an_index_of_places_does_not_cover_the_field_beside_them(
            String filter, String index) {
        index("{'key': {'p': '2d', 'a': 1}}");
        index("{'key': {'at': '2dsphere', 'a': 1}}");
        insert("{'_id': 1, 'a': 1, 'p': [1, 1], 'at': [1, 1]}");
        FindRequest request =
                FindRequest.of(doc(filter))
                        .withProjection(doc("{'_id': 0, 'a': 1}"))
                        .withHint(value("'%s'".formatted(index)));

        assertEquals("{'a':1}", text(things.find(request)));
        assertEquals(1, examined(request));
    }

    @Test
    void rule_091_an_index_of_words_does_not_cover_the_fields_beside_them() {
        index("{'key': {'a': 1, 't': 'text', 'b': 1}}");
        insert("{'_id': 1, 'a': 1, 'b': 2, 't': 'sea'}");
        FindRequest request =
                FindRequest.of(doc("{'a': 1, '$text': {'$search': 'sea'}}"))
                        .withProjection(doc("{'_id': 0, 'a': 1, 'b': 1}"));

        assertEquals("{'a':1,'b':2}", text(things.find(request)));
        assertEquals(1, examined(request));
    }

    private long examined(FindRequest request) {
        Document explained = things.explain(request, Verbosity.EXECUTION_STATS);
        Document statistics = (Document) explained.get("executionStats");
        return ((NumberValue) statistics.get("totalDocsExamined")).toLong();
    }

    @Test
    void rule_092_conditions_on_elements_are_not_put_together_outside_one_element() {
        index("{'key': {'a': 1}}");
        index("{'key': {'b.x': 1, 'b.y': 1}}");
        insert("{'_id': 1, 'a': [1, 9], 'b': [{'x': 1, 'y': 9}, {'x': 9, 'y': 1}]}");

        assertEquals(1, count("{'a': {'$gt': 5, '$lt': 3}}"));
        assertEquals(0, count("{'a': {'$elemMatch': {'$gt': 5, '$lt': 8}}}"));
        assertEquals(1, count("{'b.x': 1, 'b.y': 1}"));
        assertEquals(0, count("{'b': {'$elemMatch': {'x': 1, 'y': 1}}}"));
        assertEquals("COLLSCAN", plan("{'$expr': {'$eq': ['$a', 1]}}"));
    }
}
