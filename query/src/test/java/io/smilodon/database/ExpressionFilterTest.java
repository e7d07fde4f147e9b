package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.action.Actions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $expr}: expressions as filters, in finds, pipelines and joins. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionFilterTest {

    private Smilodon smilodon;
    private DocumentCollection orders;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        orders = smilodon.database("shop").collection("orders");
        orders.insertMany(
                docs(
                        "{'_id': 1, 'ordered': 5, 'stock': 9}",
                        "{'_id': 2, 'ordered': 7, 'stock': 2}",
                        "{'_id': 3, 'ordered': null, 'stock': '4'}",
                        "{'_id': 4, 'ordered': 7, 'stock': [1, 8]}"),
                true);
        smilodon.database("shop")
                .collection("items")
                .insertMany(docs("{'_id': 'a', 'need': 2}", "{'_id': 'b', 'need': 6}"), true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String ids(String filter) {
        StringBuilder ids = new StringBuilder();
        try (DocumentCursor cursor = orders.find(FindRequest.of(doc(filter)))) {
            cursor.forEachRemaining(document -> ids.append(text(document.get("_id"))));
        }
        return ids.toString();
    }

    /** Rule 11: values of any types compare, and arrays are compared whole. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'$expr': {'$gt': ['$ordered', '$stock']}} | 2",
                "{'$expr': {'$lt': ['$ordered', '$stock']}} | 134",
                "{'$expr': {'$lt': ['$none', null]}} | 1234",
                "{'$expr': {'$eq': ['$none', null]}} | ~~",
                "{'$expr': {'$eq': ['$stock', [1, 8]]}} | 4",
                "{'$expr': 0} | ~~",
                "{'$expr': '$ordered'} | 124",
                "{'ordered': 7, '$expr': {'$isArray': '$stock'}} | 4",
                "{'$nor': [{'$expr': {'$isArray': '$stock'}}, {'_id': 1}]} | 23",
                "{'$or': [{'$expr': {'$isArray': '$stock'}}, {'_id': 1}]} | 14",
            })
    void rule_011_expressions_compare_across_types_with_and_without_an_index(
            String filter, String expected) {
        assertEquals(expected, ids(filter));
        orders.createIndex(doc("{'key': {'ordered': 1}}"));
        assertEquals(
                expected,
                ids(filter)
                        .chars()
                        .sorted()
                        .mapToObj(Character::toString)
                        .reduce("", String::concat));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': {'$expr': 1}} | 2",
                "{'$and': [{'a': {'$elemMatch': {'b': {'$expr': 1}}}}] } | 2",
                "{'a': {'$not': {'$expr': 1}}} | 2",
                "{'a': {'$elemMatch': {'$expr': 1}}} | 2",
                "{'$expr': '$$ROOT.'} | 40352",
                "{'$expr': '$$ROOT..a'} | 15998",
                "{'$expr': {'$foo': 1}} | 168",
                "{'$expr': '$a.$b'} | 16410",
                "{'$expr': '$a..b'} | 15998",
                "{'$expr': '$a.'} | 40353",
                "{'$expr': '$'} | 16872",
                "{'$expr': '$$none'} | 17276",
                "{'$expr': {'$eq': [1]}} | 16020",
            })
    void rule_034_expressions_stand_at_the_top_and_have_their_own_errors(String filter, int code) {
        assertCode(code, () -> ids(filter));
    }

    @Test
    void rule_034_expressions_stand_in_alternatives_at_the_top() {
        assertEquals(ids("{'$expr': true}"), ids("{'$or': [{'$expr': true}, {'a': 1}]}"));
        assertEquals("", ids("{'$nor': [{'$and': [{'$expr': true}]}]}"));
    }

    @Test
    void an_index_narrows_what_an_expression_looks_at() {
        orders.createIndex(doc("{'key': {'ordered': 1}}"));
        FindRequest request =
                FindRequest.of(doc("{'ordered': 7, '$expr': {'$gt': ['$ordered', '$stock']}}"));
        try (DocumentCursor cursor = orders.find(request)) {
            assertEquals("IXSCAN ordered_1", cursor.planSummary());
        }
    }

    @Test
    void writes_and_counts_take_expressions() {
        Actions.run(
                orders,
                "updateMany",
                doc(
                        "{'filter': {'$expr': {'$gt': ['$ordered', '$stock']}},"
                                + " 'update': {'$set': {'late': true}}}"));
        assertEquals("2", ids("{'late': true}"));
        assertEquals(1, orders.count(doc("{'$expr': '$late'}")));
    }

    @Test
    void a_join_compares_with_variables() {
        String joined =
                text(
                        orders.aggregate(
                                docs(
                                        "{'$match': {'$expr': {'$isNumber': '$stock'}}}",
                                        "{'$lookup': {'from': 'items', 'as': 'fits', 'let':"
                                                + " {'s': '$stock'}, 'pipeline': [{'$match':"
                                                + " {'$expr': {'$lte': ['$need', '$$s']}}},"
                                                + " {'$limit': 5}, {'$match': {'$expr':"
                                                + " {'$gte': ['$$s', 1]}}}]}}",
                                        "{'$project': {'fits._id': 1}}")));
        assertEquals(
                "{'_id':1,'fits':[{'_id':'a'},{'_id':'b'}]}{'_id':2,'fits':[{'_id':'a'}]}", joined);
    }
}
