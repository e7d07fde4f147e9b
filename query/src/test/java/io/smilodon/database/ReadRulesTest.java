package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of reading that need documents in a collection. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadRulesTest {

    private static final Document ALL = Document.EMPTY;

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection things;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        things = database.collection("things");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    @Test
    void rule_003_negative_zero_is_the_key_of_zero_and_keeps_its_sign() {
        things.createIndex(doc("{'key': {'u': 1}, 'unique': true}"));
        things.insertOne(doc("{'_id': -0.0, 'u': -0.0}"));
        for (String zero : new String[] {"0", "0.0", "{'$numberDecimal': '-0.0'}"}) {
            assertCode(11000, () -> things.insertOne(doc("{'u': " + zero + "}")));
            assertCode(11000, () -> things.insertOne(doc("{'_id': " + zero + ", 'u': 1}")));
            assertEquals(
                    "{'_id':-0.0,'u':-0.0}",
                    text(things.findOne(doc("{'u': " + zero + "}")).orElseThrow()));
            assertEquals(
                    "{'_id':-0.0,'u':-0.0}",
                    text(things.findOne(doc("{'_id': " + zero + "}")).orElseThrow()));
        }
    }

    @Test
    void rule_004_not_a_number_is_one_key_and_comes_first_of_all_numbers() {
        things.createIndex(doc("{'key': {'u': 1}, 'unique': true}"));
        things.insertMany(
                docs(
                        "{'_id': 1, 'u': {'$numberDouble': '-Infinity'}}",
                        "{'_id': 2, 'u': {'$numberDouble': 'NaN'}}",
                        "{'_id': 3, 'u': 0}",
                        "{'_id': 4, 'u': null}"),
                true);
        assertCode(11000, () -> things.insertOne(doc("{'u': {'$numberDecimal': 'NaN'}}")));
        for (String hint : new String[] {"{'u': 1}", "{'_id': 1}"}) {
            FindRequest sorted =
                    FindRequest.of(ALL).withSort(doc("{'u': 1}")).withHint(value(hint));
            assertEquals("4213", ids(sorted));
        }
        Document above = doc("{'$expr': {'$gt': ['$u', {'$toDouble': 'NaN'}]}}");
        assertEquals("31", ids(FindRequest.of(above).withSort(doc("{'_id': -1}"))));
    }

    private String ids(FindRequest request) {
        StringBuilder ids = new StringBuilder();
        try (DocumentCursor cursor = things.find(request)) {
            cursor.forEachRemaining(document -> ids.append(text(document.get("_id"))));
        }
        return ids.toString();
    }

    @Test
    void rule_041_a_limit_of_zero_is_none() {
        things.insertMany(docs("{'_id': 1}", "{'_id': 2}", "{'_id': 3}"), true);
        assertEquals("123", ids(FindRequest.of(ALL).withLimit(0)));
        assertEquals("23", ids(FindRequest.of(ALL).withLimit(0).withSkip(1)));
        assertEquals("1", ids(FindRequest.of(ALL).withLimit(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31395 | {'a': 5}      | {'a.$': 0}",
                "31395 | {'a': 5}      | {'b': 0, 'a.$': 1}",
                "31276 | {'a': 5}      | {'a.$': 1, 'b.$': 1}",
                "31394 | {'a': 5}      | {'a.$.b': 1}",
                "51246 | {'_id': 1}    | {'a.$': 1}",
                "51247 | {'a': 5}      | {'b.$': 1}",
            })
    void rule_043_positional_projections(int code, String filter, String projection) {
        things.insertOne(doc("{'_id': 1, 'a': [1, 5], 'b': [1]}"));
        FindRequest request = FindRequest.of(doc(filter)).withProjection(doc(projection));
        assertCode(code, () -> things.findOne(request));
    }

    @Test
    void rule_043_the_element_that_was_found() {
        things.insertOne(doc("{'_id': 1, 'a': [1, 5], 'b': [1, 7]}"));
        FindRequest request = FindRequest.of(doc("{'a': 5}")).withProjection(doc("{'b.$': 1}"));
        assertEquals("{'_id':1,'b':[7]}", text(things.findOne(request).orElseThrow()));
    }

    @Test
    void rule_111_distinct_unwinds_one_level_and_tells_equal_values_once() {
        things.insertMany(
                docs(
                        "{'a': 1}",
                        "{'a': [1.0, {'$numberLong': '1'}, [1], 'x']}",
                        "{'a': [[1], {'b': 1, 'c': 0}, {'b': 1.0, 'c': 0}, {'c': 0, 'b': 1}]}",
                        "{'a': []}",
                        "{'a': null}",
                        "{}"),
                true);
        assertEquals(
                "[null,1,'x',{'b':1,'c':0},{'c':0,'b':1},[1]]",
                text(ArrayValue.of(things.distinct("a", ALL))));
    }

    @Test
    void rule_111_a_missing_collection_is_an_empty_one() {
        DocumentCollection none = database.collection("none");
        assertFalse(none.find(ALL).hasNext());
        assertEquals(0, none.count(ALL));
        assertEquals(0, none.distinct("a", ALL).size());
        assertFalse(none.aggregate(docs("{'$match': {}}")).hasNext());
        assertEquals(0, none.deleteMany(ALL).deletedCount());
        assertEquals(0, none.deleteOne(ALL).deletedCount());
        assertEquals(0, none.updateMany(ALL, value("{'$set': {'a': 1}}")).matchedCount());
        assertEquals(0, database.collections().size());
    }
}
