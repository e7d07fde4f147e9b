package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CappedOptionsTest extends CappedFixture {

    @Test
    void its_options_are_listed() {
        create("{'capped': true, 'size': 5000000000.0, 'max': 7}");
        assertEquals(
                "{'capped':true,'size':5000000000,'max':7}",
                text(log.stats().orElseThrow().options()));
        assertFalse(
                database.createCollection(
                        "log", doc("{'capped': 1, 'size': 5000000000, 'max': 7}")));
        assertCode(48, () -> database.createCollection("log"));
        assertCode(48, () -> create("{'capped': true, 'size': 1, 'max': 7}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "72 | {'capped': true}",
                "72 | {'capped': true, 'max': 5}",
                "72 | {'size': 100}",
                "72 | {'max': 5}",
                "72 | {'capped': false, 'size': 100}",
                "72 | {'capped': null, 'size': 100}",
                "51024 | {'capped': true, 'size': 0}",
                "51024 | {'capped': true, 'size': -1}",
                "51024 | {'size': 0}",
                "51024 | {'capped': true, 'size': 1125899906842625}",
                "51024 | {'capped': true, 'size': 100, 'max': 2147483648}",
                "14 | {'capped': 'yes', 'size': 100}",
                "14 | {'capped': true, 'size': '100'}",
                "14 | {'capped': true, 'size': 100, 'max': true}",
                "72 | {'viewOn': 'x', 'capped': true, 'size': 100}",
            })
    void rule_119_options_that_make_no_sense_are_refused(int code, String options) {
        assertCode(code, () -> create(options));
        assertFalse(log.exists());
    }

    @Test
    void no_maximum_is_one_that_is_not_positive() {
        create("{'capped': true, 'size': 1000, 'max': -5}");
        assertEquals("{'capped':true,'size':1000}", text(log.stats().orElseThrow().options()));
    }

    @Test
    void its_limits_can_be_changed() {
        create("{'capped': true, 'size': 100000}");
        for (int id = 0; id < 2_500; id++) {
            insert(id);
        }
        database.modifyCollection("log", doc("{'cappedMax': 4}"));
        assertEquals("2496 2497 2498 2499", ids());
        int bytes = DocumentCodec.encode(doc("{'_id': 2500, 'n': 1}")).length;
        database.modifyCollection("log", doc("{'cappedSize': %d}".formatted(2 * bytes)));
        assertEquals("2498 2499", ids());
        database.modifyCollection("log", doc("{'cappedSize': 1000, 'cappedMax': 0}"));
        insert(1, 2, 3);
        assertEquals("2498 2499 1 2 3", ids());
        assertEquals(
                "{'capped':true,'size':1000,'max':2147483647}",
                text(log.stats().orElseThrow().options()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "51024 | {'cappedSize': 0}",
                "51024 | {'cappedSize': 1125899906842625}",
                "51024 | {'cappedMax': 2147483648}",
                "14 | {'cappedSize': 'x'}",
            })
    void limits_that_make_no_sense_are_refused(int code, String changes) {
        create("{'capped': true, 'size': 1000}");
        assertCode(code, () -> database.modifyCollection("log", doc(changes)));
        database.createCollection("plain");
        assertCode(72, () -> database.modifyCollection("plain", doc("{'cappedMax': 5}")));
    }

    // ---- Made of others

    @Test
    void a_collection_becomes_capped_with_its_newest_documents() {
        insert(5, 1, 9, 3);
        log.createIndex(doc("{'key': {'n': 1}}"));
        int bytes = DocumentCodec.encode(doc("{'_id': 1, 'n': 1}")).length;
        database.convertToCapped("log", 3 * bytes);
        assertEquals("3 5 9", ids());
        assertEquals(1, log.indexes().size());
        insert(4);
        assertEquals("5 9 4", ids());
        database.convertToCapped("log", 2 * bytes);
        assertEquals("9 4", ids());
        assertEquals(
                "{'capped':true,'size':%d}".formatted(2 * bytes),
                text(log.stats().orElseThrow().options()));
        assertEquals(1, database.collections().size());
    }

    @Test
    void a_collection_is_copied_to_a_capped_one() {
        insert(5, 1, 9, 3);
        int bytes = DocumentCodec.encode(doc("{'_id': 1, 'n': 1}")).length;
        database.cloneAsCapped("log", "copy", 2 * bytes);
        DocumentCollection copy = database.collection("copy");
        assertEquals("{'_id':5,'n':2}{'_id':9,'n':0}", text(copy.find(Document.EMPTY)));
        assertEquals(List.of(), copy.verify());
        assertEquals("1 3 5 9", ids());
        assertEquals(2, database.collections().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_capped_copy_has_the_options_of_the_collection(boolean isCloned) {
        create(
                "{'capped': true, 'size': 9000, 'max': 2, 'validator': {'n': {'$gte': 0}},"
                        + " 'validationLevel': 'moderate', 'validationAction': 'warn',"
                        + " 'changeStreamPreAndPostImages': {'enabled': true},"
                        + " 'collation': {'locale': 'en', 'strength': 2}}");
        insert(1, 2, 3);
        Document before = log.stats().orElseThrow().options();
        DocumentCollection copy = database.collection(isCloned ? "copy" : "log");
        if (isCloned) {
            database.cloneAsCapped("log", "copy", 5000);
        } else {
            database.convertToCapped("log", 5000);
        }
        assertEquals(
                text(before).replace("9000", "5000"), text(copy.stats().orElseThrow().options()));
        assertEquals(2, copy.count(Document.EMPTY));
    }

    @Test
    void what_cannot_become_capped() {
        insert(1);
        database.createCollection("view", doc("{'viewOn': 'log', 'pipeline': []}"));
        assertCode(26, () -> database.convertToCapped("none", 100));
        assertCode(72, () -> database.convertToCapped("log", 0));
        assertCode(166, () -> database.convertToCapped("view", 100));
        assertCode(26, () -> database.cloneAsCapped("none", "copy", 100));
        assertCode(48, () -> database.cloneAsCapped("log", "view", 100));
        assertCode(73, () -> database.cloneAsCapped("log", "system.x", 100));
        assertEquals("1", ids());
        assertEquals(2, database.collections().size());
    }

    @Test
    void nothing_stays_where_not_even_the_newest_document_fits() {
        insert(1, 2);
        database.convertToCapped("log", 1);
        assertEquals("", ids());
    }
}
