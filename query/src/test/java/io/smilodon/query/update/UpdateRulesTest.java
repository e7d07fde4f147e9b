package io.smilodon.query.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdateRulesTest {

    private static final UpdateContext CONTEXT = UpdateContext.ofUpdate(new DateValue(0));

    @Test
    void rule_049_what_changes_nothing_returns_the_document_itself() {
        Document before = json("{'_id': 1, 'a': {'b': [1, {'c': 2}]}}");

        assertSame(before, apply("{'$set': {'a.b.1.c': 2, 'a.b.0': 1}}", before));
        assertSame(before, apply("{'a': {'b': [1, {'c': 2}]}}", before));
        assertNotEquals(before, apply("{'a': {'b': [1, {'c': 2.0}]}}", before));
    }

    @Test
    void what_lies_beside_the_path_is_shared() {
        Document before = json("{'_id': 1, 'a': {'b': 1, 'c': {'d': 1}}, 'e': {'f': 1}}");
        Document after = apply("{'$set': {'a.b': 2}}", before);

        assertSame(before.get("e"), after.get("e"));
        assertSame(((Document) before.get("a")).get("c"), ((Document) after.get("a")).get("c"));
    }

    @Test
    void rule_053_an_array_grows_by_so_many_nulls_and_no_more() {
        Document before = json("{'_id': 1, 'a': []}");
        ArrayValue grown = (ArrayValue) apply("{'$set': {'a.1500000': 1}}", before).get("a");

        assertEquals(1_500_001, grown.size());
        assertEquals(
                ErrorCode.CANNOT_BACKFILL_ARRAY,
                refused("{'$set': {'a.1500001': 1}}", before).code());
    }

    @Test
    void every_timestamp_of_the_current_date_is_one_of_its_own() {
        String now = "{'$currentDate': {'a': {'$type': 'timestamp'}, 'b': {'$type': 'timestamp'}}}";
        UpdateContext atSecond = UpdateContext.ofUpdate(new DateValue(7_999));
        Set<Value> given = new HashSet<>();
        for (int count = 0; count < 3; count++) {
            Document after = Update.parse(json(now)).apply(Document.EMPTY, atSecond);
            given.add(after.get("a"));
            given.add(after.get("b"));
            assertEquals(7, ((TimestampValue) after.get("b")).seconds());
        }
        assertEquals(6, given.size());
    }

    @Test
    void rule_054_an_unknown_operator_is_answered_with_the_one_that_was_meant() {
        SmilodonException error = refused("{'$puhs': {'a': 1}}", Document.EMPTY);

        assertEquals(ErrorCode.FAILED_TO_PARSE, error.code());
        assertEquals("did you mean $push?", error.hint().orElse("none"));
    }

    @Test
    void rule_070_an_upsert_without_an_id_gets_a_new_one() {
        Document inserted =
                UpsertDocument.from(
                        json("{'a': 1, '_id': {'$gt': 5}}"),
                        Update.parse(json("{'$set': {'b': 2}}")),
                        UpdateContext.ofInsert(new DateValue(0)));

        assertInstanceOf(ObjectId.class, inserted.get("_id"));
        assertEquals("_id", inserted.iterator().next().name());
        assertEquals(json("{'a': 1, 'b': 2}"), inserted.without("_id"));
    }

    /** As MongoDB's jstests/core/upsert_fields.js has it: one value of {@code $in} is equality. */
    @Test
    void rule_070_one_value_in_a_list_is_the_id_that_an_upsert_inserts() {
        Document one =
                UpsertDocument.from(
                        json("{'_id': {'$in': [1]}, 'x': {'$in': [2]}}"),
                        Update.parse(json("{'$set': {'a': 3}}")),
                        UpdateContext.ofInsert(new DateValue(0)));
        assertEquals(json("{'_id': 1, 'x': 2, 'a': 3}"), one);

        Document two =
                UpsertDocument.from(
                        json("{'_id': {'$in': [1, 2]}, 'x': {'$in': [2, 3]}}"),
                        Update.parse(json("{'$set': {'a': 3}}")),
                        UpdateContext.ofInsert(new DateValue(0)));
        assertInstanceOf(ObjectId.class, two.get("_id"));
        assertEquals(json("{'a': 3}"), two.without("_id"));
    }

    @Test
    void rule_074_a_document_is_inserted_with_its_id_first() {
        assertEquals(
                json("{'_id': 7, 'a': 1, 'b': 2}"),
                DocumentRules.forInsert(json("{'a': 1, '_id': 7, 'b': 2}"), Location.ROOT));
        Document generated = DocumentRules.forInsert(json("{'a': 1}"), Location.ROOT);
        assertInstanceOf(ObjectId.class, generated.get("_id"));
        assertEquals("_id", generated.iterator().next().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'_id': [1]}",
                "{'_id': {'$regularExpression': {'pattern': 'a', 'options': ''}}}",
                "{'_id': {'$undefined': true}}"
            })
    void rule_074_arrays_regexes_and_undefined_are_no_ids(String document) {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> DocumentRules.forInsert(json(document), Location.ROOT.child(3)));

        assertEquals(ErrorCode.INVALID_ID_FIELD, error.code());
        assertEquals("/3/_id", error.location().map(Location::pointer).orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref': 'c', '$id': 1}",
                "{'$ref': 'c', '$id': 1, '$db': 'd', 'a': 1}",
                "{'a': {'$ref': 'c', '$id': {'b': 1}}}",
                "{'a': [{'$ref': 'c', '$id': 1}], 'b.c': 1}"
            })
    void rule_075_references_may_be_ids(String id) {
        Document document = json("{'_id': " + id + "}");
        assertEquals(document, DocumentRules.forInsert(document, Location.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': {'$b': 1}} | /_id/a/$b",
                "{'a': [1, {'$b': 1}]} | /_id/a/1/$b",
                "{'$ref': 1, '$id': 1} | /_id/$ref",
                "{'$ref': 'c', 'a': 1} | /_id/$ref",
                "{'$ref': 'c', '$id': 1, '$db': 1} | /_id/$db",
                "{'$ref': 'c', '$id': 1, '$other': 1} | /_id/$other",
                "{'$ref': 'c', '$id': {'$a': 1}} | /_id/$id/$a",
                "{'a': 1, '$ref': 'c', '$id': 1} | /_id/$ref"
            })
    void rule_075_no_other_name_with_a_dollar_stands_in_an_id(String id, String pointer) {
        Document document = json("{'_id': " + id + "}");
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> DocumentRules.forInsert(document, Location.ROOT));
        assertEquals(ErrorCode.DOLLAR_PREFIXED_FIELD_NAME, error.code());
        assertEquals(pointer, error.location().map(Location::pointer).orElse("none"));
    }

    @Test
    void rule_075_names_with_dots_and_dollars_are_stored_but_not_inside_an_id() {
        Document odd = Document.builder().put("_id", 1).put("a.b", 1).put("$c", 2).build();
        Document badId = Document.of("_id", Document.of("$x", Value.of(1)));

        assertEquals(odd, DocumentRules.forInsert(odd, Location.ROOT));
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> DocumentRules.forInsert(badId, Location.ROOT));
        assertEquals(ErrorCode.DOLLAR_PREFIXED_FIELD_NAME, error.code());
    }

    @Test
    void an_update_nests_up_to_the_limit_and_no_deeper() {
        Document atLimit = nested(99);
        Document before = json("{'_id': 1}");

        apply(Document.of("$set", Document.of("a", atLimit)), before);
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> apply(Document.of("$set", Document.of("a.b", atLimit)), before));

        assertEquals(ErrorCode.OVERFLOW, error.code());
    }

    @Test
    void a_path_may_nest_up_to_the_limit_and_no_deeper() {
        String deepest = "a" + ".a".repeat(99);
        Document before = json("{'_id': 1}");

        apply(Document.of("$set", Document.of(deepest, Value.of(1))), before);
        assertEquals(
                ErrorCode.OVERFLOW,
                assertThrows(
                                SmilodonException.class,
                                () ->
                                        apply(
                                                Document.of(
                                                        "$set",
                                                        Document.of(deepest + ".a", Value.of(1))),
                                                before))
                        .code());
    }

    /** A document of so many levels. */
    private static Document nested(int levels) {
        Document document = Document.EMPTY;
        for (int i = 1; i < levels; i++) {
            document = Document.of("a", document);
        }
        return document;
    }

    private static SmilodonException refused(String update, Document before) {
        return assertThrows(SmilodonException.class, () -> apply(update, before));
    }

    private static Document apply(String update, Document before) {
        return apply(json(update), before);
    }

    private static Document apply(Document update, Document before) {
        return Update.parse(update).apply(before, CONTEXT);
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }
}
