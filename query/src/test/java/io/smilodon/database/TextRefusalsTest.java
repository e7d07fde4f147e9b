package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code $text} cannot stand, and which text indexes there cannot be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextRefusalsTest extends ArticlesFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | {'$text': 'x'}",
                "4 | {'$text': {}}",
                "14 | {'$text': {'$search': 1}}",
                "14 | {'$text': {'$search': 'x', '$language': 1}}",
                "2 | {'$text': {'$search': 'x', '$language': 'klingon'}}",
                "14 | {'$text': {'$search': 'x', '$caseSensitive': 1}}",
                "14 | {'$text': {'$search': 'x', '$diacriticSensitive': 'no'}}",
                "2 | {'$text': {'$search': 'x', 'more': 1}}",
                "2 | {'$text': {'$search': 'x'}, '$and': [{'$text': {'$search': 'y'}}]}",
                "2 | {'$nor': [{'$text': {'$search': 'x'}}]}",
                "2 | {'a': {'$elemMatch': {'$text': {'$search': 'x'}}}}",
                "2 | {'a': {'$text': {'$search': 'x'}}}",
            })
    void rule_113_a_search_stands_once_at_the_top(int code, String filter) {
        assertCode(code, () -> articles.find(doc(filter)).close());
    }

    @Test
    void rule_113_a_search_takes_no_hint_and_needs_the_index() {
        Document coffee = search("'coffee'");
        FindRequest request = FindRequest.of(coffee);
        assertCode(2, () -> articles.find(request.withHint(value("'subject_text'"))).close());
        assertCode(2, () -> articles.find(request.withHint(value("{'_id': 1}"))).close());
        assertCode(2, () -> articles.find(request.withSort(doc("{'$natural': 1}"))).close());
        assertCode(2, () -> articles.find(request.withKeys(true)).close());
        assertCode(
                2,
                () ->
                        articles.find(
                                        doc(
                                                "{'$text': {'$search': 'x'}, 'at': {'$near':"
                                                        + " [0, 0]}}"))
                                .close());
        assertCode(
                291,
                () ->
                        articles.find(
                                        FindRequest.of(doc("{'views': 5}"))
                                                .withHint(value("'subject_text'")))
                                .close());
        DocumentCollection plain = smilodon.database("d").collection("plain");
        plain.insertOne(doc("{'a': 1}"));
        assertCode(27, () -> plain.find(coffee).close());
        assertCode(27, () -> smilodon.database("d").collection("none").find(coffee).close());
        assertCode(27, () -> plain.updateMany(coffee, value("{'$set': {'a': 2}}")));
        assertCode(27, () -> plain.deleteOne(coffee));
    }

    @Test
    void rule_113_a_search_is_the_first_stage_and_not_on_views() {
        Document match = doc("{'$match': {'$text': {'$search': 'coffee'}}}");
        Document limit = doc("{'$limit': 5}");
        assertCode(17313, () -> articles.aggregate(List.of(limit, match)).close());
        assertCode(
                17313,
                () ->
                        articles.aggregate(List.of(doc("{'$facet': {'a': [" + text(match) + "]}}")))
                                .close());
        smilodon.database("d")
                .createCollection(
                        "view", doc("{'viewOn': 'articles', 'pipeline': [{'$match': {}}]}"));
        DocumentCollection view = smilodon.database("d").collection("view");
        assertCode(17313, () -> view.aggregate(List.of(match)).close());
        assertCode(17313, () -> view.find(search("'coffee'")).close());
    }

    @Test
    void a_score_needs_a_search() {
        Document score = doc(SCORE);
        FindRequest all = FindRequest.of(doc("{}"));
        assertCode(40218, () -> articles.find(all.withProjection(score)).close());
        assertCode(40218, () -> articles.find(all.withSort(score)).close());
        assertCode(
                40218, () -> articles.aggregate(List.of(Document.of("$project", score))).close());
        assertCode(31138, () -> articles.find(all.withSort(doc("{'a': {'$meta': 'x'}}"))).close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key': {'b': 'text'}, 'weights': {'b': 0}}",
                "{'key': {'b': 'text'}, 'weights': {'b': 100000}}",
                "{'key': {'b': 'text'}, 'weights': {'b': 'x'}}",
                "{'key': {'b': 'text'}, 'weights': {'': 1}}",
                "{'key': {'b': 'text'}, 'weights': {'a..b': 1}}",
                "{'key': {'b': 'text'}, 'weights': {'$a': 1}}",
                "{'key': {'b': 'text'}, 'weights': 7}",
                "{'key': {'b': 'text'}, 'default_language': 'klingon'}",
                "{'key': {'b': 'text'}, 'default_language': 1}",
                "{'key': {'b': 'text'}, 'language_override': '$x'}",
                "{'key': {'b': 'text'}, 'language_override': 1}",
                "{'key': {'b': 'text'}, 'textIndexVersion': 9}",
                "{'key': {'b': 'text'}, 'textIndexVersion': 'x'}",
                "{'key': {'b': 'text'}, 'unique': true}",
                "{'key': {'b.$**': 'text'}}",
                "{'key': {'b': 'text'}, 'collation': {'locale': 'fr'}}",
                "{'key': {'b': 'text', 'c': 1, 'd': 'text'}}",
                "{'key': {'b': 'text', 'c': 'hashed'}}",
                "{'key': {'_fts': 'text', '_ftsx': 1}}"
            })
    void definitions_that_no_text_index_has_are_refused(String specification) {
        DocumentCollection other = smilodon.database("d").collection("other");
        assertCode(67, () -> other.createIndex(doc(specification)));
    }

    @Test
    void rule_113_a_collection_has_one_text_index() {
        articles.createIndex(doc("{'key': {'subject': 'text'}}")); // there already
        assertCode(67, () -> articles.createIndex(doc("{'key': {'author': 'text'}}")));
        assertCode(197, () -> articles.createIndex(doc("{'key': {'a': 1}, 'weights': {'a': 1}}")));
        articles.dropIndex(value("{'_fts': 'text', '_ftsx': 1}"));
        assertCode(27, () -> articles.find(search("'coffee'")).close());
        // As a listing shows it.
        articles.createIndex(
                doc(
                        "{'v': 2, 'key': {'_fts': 'text', '_ftsx': 1}, 'name': 'words',"
                                + " 'weights': {'author': 3}, 'default_language': 'none',"
                                + " 'language_override': 'language', 'textIndexVersion': 3}"));
        assertEquals("2 7", found("'efg'"));
    }
}
