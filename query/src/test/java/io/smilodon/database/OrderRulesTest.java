package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules of the order of values, as sorts show them, with an index and without. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderRulesTest {

    private static final long SEED = 7;

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection values = smilodon.database("d").collection("values");

    @AfterEach
    void close() {
        smilodon.close();
    }

    /** Inserts values out of order, and expects to find them in the order in which they stand. */
    private void assertAscending(String array) {
        ArrayValue ascending = (ArrayValue) ExtendedJson.readValue(array.replace('\'', '"'));
        List<Document> documents = new ArrayList<>();
        for (Value value : ascending) {
            documents.add(Document.builder().put("_id", documents.size()).put("v", value).build());
        }
        List<Document> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(SEED));
        values.insertMany(shuffled, true);
        assertEquals(documents, sorted("{'v': 1}"));
        values.createIndex(doc("{'key': {'v': 1}}"));
        assertEquals(documents, sorted("{'v': 1}"));
        Collections.reverse(documents);
        assertEquals(documents, sorted("{'v': -1}"));
    }

    private List<Document> sorted(String sort) {
        List<Document> found = new ArrayList<>();
        try (DocumentCursor cursor =
                values.find(FindRequest.of(Document.EMPTY).withSort(doc(sort)))) {
            cursor.forEachRemaining(found::add);
        }
        return found;
    }

    @Test
    void rule_001_types_have_an_order() {
        assertAscending(
                "[{'$minKey': 1}, [], null, {'$numberDecimal': '-3'}, -2.5, -1,"
                        + " {'$numberLong': '9'}, 'x', {'a': 1}, [[1]],"
                        + " {'$binary': {'base64': 'AA==', 'subType': '00'}},"
                        + " {'$oid': '5ab9cbfa31c2ab715d42129e'}, false, true,"
                        + " {'$date': '1960-01-01T00:00:00Z'}, {'$timestamp': {'t': 1, 'i': 1}},"
                        + " {'$regularExpression': {'pattern': 'a', 'options': ''}},"
                        + " {'$code': 'a'}, {'$code': 'a', '$scope': {}}, {'$maxKey': 1}]");
    }

    @Test
    void rule_001_missing_and_null_are_one() {
        values.insertMany(Json.docs("{'_id': 2}", "{'_id': 1, 'v': null}", "{'_id': 3}"), true);
        List<Document> expected = Json.docs("{'_id': 1, 'v': null}", "{'_id': 2}", "{'_id': 3}");
        assertEquals(expected, sorted("{'v': 1, '_id': 1}"));
        assertEquals(expected, sorted("{'v': -1, '_id': 1}"));
    }

    /** Characters beyond the first 65,536 are last, though Java puts their halves before others. */
    @Test
    void rule_005_strings_are_ordered_by_code_points() {
        assertAscending(
                "['', 'A', 'Z', 'a', 'a\\u0000', 'aa', 'é', '\\ud7ff', '\\ue000', '\\uffff',"
                        + " '\\ud800\\udc00']");
    }

    @Test
    void rule_007_the_type_of_the_first_value_counts_before_its_name() {
        assertAscending(
                "[{}, {'c': 2}, {'d': 1}, {'b': 'x'}, {'b': 'x', 'a': 0}, {'a': {}}, {'a': []}]");
    }

    @Test
    void rule_008_arrays_by_elements_binaries_by_length_dates_before_timestamps() {
        assertAscending(
                "[[[]], [[1]], [[1, 0]], [[2]],"
                        + " {'$binary': {'base64': '/w==', 'subType': '00'}},"
                        + " {'$binary': {'base64': 'AA==', 'subType': '80'}},"
                        + " {'$binary': {'base64': 'AAA=', 'subType': '00'}},"
                        + " {'$date': '2900-01-01T00:00:00Z'}, {'$timestamp': {'t': 1, 'i': 1}}]");
    }
}
