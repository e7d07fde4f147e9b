package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.ids;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $text}, on the documents of MongoDB's manual and others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextQueryTest extends ArticlesFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'coffee'                                       | 1 2 7",
                "'leche coffee cake'                            | 1 2 3 5 7 8",
                "'\\\"coffee shop\\\"'                          | 2",
                "'coffee -shop'                                 | 1 7",
                "'-shop'                                        | ``",
                "'and'                                          | ``",
                "''                                             | ``",
                "'bakes'                                        | 3 4",
                "'con-leche'                                    | 5 8",
                "'coffee -\\\"and cream\\\"'                    | 1 2",
                "'leche', '$language': 'es'                     | 5 8",
                "'Coffee', '$caseSensitive': true               | 2",
                "'\\\"Café Con Leche\\\"', '$caseSensitive': true | 5",
                "'сы́рники CAFÉS'                                | 5 6 8",
                "'CAFÉ', '$diacriticSensitive': true            | 5",
                "'leches -cafés', '$diacriticSensitive': true   | 8",
                "'Coffee -shop', '$caseSensitive': true         | 2",
            })
    void rule_112_words_phrases_and_negations(String operand, String expected) {
        assertEquals(expected, found(operand));
    }

    @Test
    void rule_112_whole_stems_match_and_a_hyphen_divides() {
        DocumentCollection plants = smilodon.database("d").collection("plants");
        plants.createIndex(doc("{'key': {'t': 'text'}}"));
        plants.insertMany(
                docs(
                        "{'_id': 1, 't': 'blueberry'}",
                        "{'_id': 2, 't': 'blue'}",
                        "{'_id': 3, 't': 'pre-blue'}",
                        "{'_id': 4, 't': ['a', 'blues singer']}",
                        "{'_id': 5, 't': 7}",
                        "{'_id': 6}"),
                true);
        assertEquals("2 3 4", sortedIds(plants.find(search("'blue'"))));
        assertEquals("1", sortedIds(plants.find(search("'blueberries'"))));
        // A minus sign inside a word divides it, and negates nothing.
        assertEquals("2 3 4", sortedIds(plants.find(search("'x-blue'"))));
    }

    @Test
    void scores_are_those_of_mongodb() {
        FindRequest request =
                FindRequest.of(search("'coffee cake'"))
                        .withProjection(doc(SCORE.replace("}}", "}, '_id': 1}")));
        assertEquals(
                "{'_id':1,'score':1.0}{'_id':3,'score':0.75}"
                        + "{'_id':2,'score':0.75}{'_id':7,'score':0.75}",
                text(articles.find(request.withSort(doc(SCORE)))));
        // The words of a field are all of it, and weigh a tenth more.
        articles.insertOne(doc("{'_id': 9, 'subject': 'Tea'}"));
        assertEquals(
                "{'_id':9,'score':1.1}",
                text(
                        articles.find(
                                FindRequest.of(search("'tea'"))
                                        .withProjection(
                                                doc(
                                                        "{'_id': 1, 'score': {'$meta':"
                                                                + " 'textScore'}}")))));
        // Twice counts one and a half: (1 + 1/2) (0.5 + 0.5 · 2/3)
        articles.insertOne(doc("{'_id': 10, 'subject': 'milk milk sugar'}"));
        assertEquals(
                "{'_id':10,'s':1.25}",
                text(
                        articles.aggregate(
                                List.of(
                                        doc("{'$match': {'$text': {'$search': 'milk'}}}"),
                                        doc("{'$project': {'s': {'$meta':" + " 'textScore'}}}")))));
    }

    @Test
    void the_best_come_first_whatever_way_they_are_sorted() {
        FindRequest request =
                FindRequest.of(search("'coffee cream leche con'")).withSort(doc(SCORE));
        String all = ids(articles.find(request));
        assertEquals(all.substring(0, 3), ids(articles.find(request.withLimit(2))), "by the index");
        assertEquals(all.substring(2, 5), ids(articles.find(request.withSkip(1).withLimit(2))));
        assertEquals(
                all,
                ids(
                        articles.aggregate(
                                List.of(
                                        doc(
                                                "{'$match': {'$text': {'$search': 'coffee cream"
                                                        + " leche con'}}}"),
                                        doc("{'$sort': {'x': {'$meta': 'textScore'}}}")))));
        assertEquals(
                "8 5",
                ids(
                        articles.find(
                                FindRequest.of(search("'leche'"))
                                        .withSort(
                                                doc(
                                                        "{'views': 1, 'score': {'$meta':"
                                                                + " 'textScore'}}")))));
    }

    @Test
    void pipelines_keep_the_score_through_their_stages() {
        List<Document> pipeline =
                List.of(
                        doc("{'$match': {'$text': {'$search': 'coffee cake'}}}"),
                        doc("{'$set': {'s': {'$meta': 'textScore'}}}"),
                        doc("{'$match': {'s': {'$gt': 0.8}}}"),
                        doc("{'$sort': {'s': -1, '_id': 1}}"),
                        doc("{'$project': {'s': 1}}"));
        assertEquals("{'_id':1,'s':1.0}", text(articles.aggregate(pipeline)));
        assertEquals(
                "{'_id':'efg','n':2}{'_id':'xyz','n':1}",
                text(
                        articles.aggregate(
                                List.of(
                                        doc("{'$match': {'$text': {'$search': 'coffee'}}}"),
                                        doc("{'$group': {'_id': '$author', 'n': {'$sum': 1}}}"),
                                        doc("{'$sort': {'_id': 1}}")))));
    }

    @Test
    void other_conditions_narrow_and_alternatives_need_indexes() {
        assertEquals(
                "2 7",
                sortedIds(articles.find(doc("{'$text': {'$search': 'coffee'}, 'author': 'efg'}"))));
        Document either = doc("{'$or': [{'$text': {'$search': 'coffee'}}, {'views': 80}]}");
        assertCode(291, () -> articles.find(either).close());
        articles.createIndex(doc("{'key': {'views': 1}}"));
        assertEquals("1 2 6 7", sortedIds(articles.find(either)));
        assertEquals(
                "1",
                sortedIds(
                        articles.find(
                                doc(
                                        "{'views': {'$gt': 20}, '$or': [{'$text': {'$search':"
                                                + " 'coffee'}}, {'views': 200}], 'author':"
                                                + " 'xyz'}"))));
    }

    @Test
    void counts_values_updates_and_deletions_find_by_words() {
        assertEquals(3, articles.count(search("'coffee'")));
        assertEquals("['efg','xyz']", text(value(text(valuesOf("author", search("'coffee'"))))));
        assertEquals(
                2,
                articles.updateMany(search("'leche'"), value("{'$set': {'milk': true}}"))
                        .matchedCount());
        assertEquals(2, articles.count(doc("{'milk': true}")));
        articles.updateOne(search("'сырники'"), value("{'$set': {'subject': 'pancakes'}}"));
        assertEquals("", found("'сырники'"));
        assertEquals("6", found("'pancake'"));
        assertEquals(3, articles.deleteMany(search("'coffee'")).deletedCount());
        assertEquals("", found("'coffee'"));
        assertTrue(articles.verify().isEmpty());
    }

    private Value valuesOf(String path, Document filter) {
        return io.smilodon.engine.value.ArrayValue.of(articles.distinct(path, filter));
    }

    @Test
    void transactions_see_their_own_words() {
        smilodon.transaction(
                transaction -> {
                    DocumentCollection own = transaction.database("d").collection("articles");
                    own.insertOne(doc("{'_id': 20, 'subject': 'coffee beans'}"));
                    own.deleteOne(doc("{'_id': 1}"));
                    assertEquals("2 20 7", sortedIds(own.find(search("'coffee'"))));
                    assertEquals("1 2 7", found("'coffee'"));
                    return true;
                });
        assertEquals("2 20 7", found("'coffee'"));
    }

    @Test
    void an_index_has_weights_wildcards_languages_and_other_fields() {
        DocumentCollection books = smilodon.database("d").collection("books");
        books.createIndex(
                doc(
                        "{'key': {'$**': 'text'}, 'weights': {'title': 10, 'note.by': 5},"
                                + " 'default_language': 'german', 'language_override': 'idioma'}"));
        books.insertMany(
                docs(
                        "{'_id': 1, 'title': 'Häuser', 'x': {'y': 'Haus'}}",
                        "{'_id': 2, 'idioma': 'english', 'x': 'running horses', 'y': 'the'}",
                        "{'_id': 3, 'note': [{'by': 'anna', 'idioma': 'none'}]}"),
                true);
        assertEquals("1", sortedIds(books.find(search("'haus'"))));
        assertEquals("2", sortedIds(books.find(search("'horse', '$language': 'en'"))));
        assertEquals("", sortedIds(books.find(search("'english'"))));
        assertEquals(
                "{'_id':3,'s':5.5}",
                text(
                        books.aggregate(
                                List.of(
                                        doc("{'$match': {'$text': {'$search': 'anna'}}}"),
                                        doc("{'$project': {'s': {'$meta': 'textScore'}}}")))));
        assertEquals(
                "{'v':2,'key':{'_fts':'text','_ftsx':1},'name':'$**_text',"
                        + "'weights':{'$**':1,'note.by':5,'title':10},"
                        + "'default_language':'german','language_override':'idioma',"
                        + "'textIndexVersion':3}",
                text(books.indexes().get(1)));
        assertCode(17261, () -> books.insertOne(doc("{'idioma': 1, 'a': 'b'}")));
        assertCode(17262, () -> books.insertOne(doc("{'idioma': 'klingon', 'a': 'b'}")));
    }

    @Test
    void fields_before_the_words_need_equality() {
        DocumentCollection shop = smilodon.database("d").collection("shop");
        shop.createIndex(doc("{'key': {'kind': 1, 'name': 'text', 'info': 'text', 'price': -1}}"));
        shop.insertMany(
                docs(
                        "{'_id': 1, 'kind': 'a', 'name': 'red lamp', 'price': 3}",
                        "{'_id': 2, 'kind': 'b', 'info': 'red table', 'price': 4}",
                        "{'_id': 3, 'name': 'red sofa', 'price': 5}"),
                true);
        assertEquals("1", sortedIds(shop.find(doc("{'kind': 'a', '$text': {'$search': 'red'}}"))));
        assertEquals("3", sortedIds(shop.find(doc("{'kind': null, '$text': {'$search': 'red'}}"))));
        assertEquals(
                "",
                sortedIds(
                        shop.find(
                                doc(
                                        "{'kind': 'b', 'price': {'$gt': 4}, '$text': {'$search':"
                                                + " 'red'}}"))));
        // The index lacks documents without words: it serves nothing else.
        shop.insertOne(doc("{'_id': 4, 'kind': 'a'}"));
        assertEquals("1 4", sortedIds(shop.find(doc("{'kind': 'a'}"))));
        assertEquals("1 2 4", sortedIds(shop.find(doc("{'$or': [{'kind': 'a'}, {'kind': 'b'}]}"))));
        assertCode(291, () -> shop.find(search("'red'")).close());
        assertCode(
                291,
                () ->
                        shop.find(doc("{'kind': {'$gt': 'a'}, '$text': {'$search': 'red'}}"))
                                .close());
        assertCode(201, () -> shop.insertOne(doc("{'kind': ['a'], 'name': 'x'}")));
        assertCode(
                17280,
                () -> shop.insertOne(doc("{'kind': '" + "k".repeat(2_000) + "', 'name': 'x'}")));
        assertTrue(shop.verify().isEmpty());
    }

    @Test
    void a_partial_index_answers_queries_within_its_filter() {
        DocumentCollection news = smilodon.database("d").collection("news");
        news.createIndex(
                doc(
                        "{'key': {'t': 'text'}, 'partialFilterExpression': {'year': {'$gte':"
                                + " 2000}}}"));
        news.insertMany(
                docs(
                        "{'_id': 1, 't': 'war', 'year': 1999}",
                        "{'_id': 2, 't': 'peace', 'year': 2001}",
                        "{'_id': 3, 't': 'war and peace', 'year': 2002}"),
                true);
        news.updateOne(doc("{'_id': 2}"), value("{'$set': {'year': 1900}}"));
        assertEquals(
                "3",
                sortedIds(
                        news.find(
                                doc(
                                        "{'year': {'$gt': 2000}, '$text': {'$search': 'peace war'}}"))));
        assertCode(291, () -> news.find(search("'peace'")).close());
        assertTrue(news.verify().isEmpty());
    }

    @Test
    void explain_shows_the_search() {
        String plan =
                text(
                        articles.explain(
                                FindRequest.of(search("'coffee -shop \\\"a cup\\\"'")),
                                Verbosity.EXECUTION_STATS));
        assertTrue(plan.contains("'stage':'TEXT_MATCH'"), plan);
        assertTrue(
                plan.contains(
                        "'parsedTextQuery':{'terms':['coffe','cup'],'negatedTerms':['shop'],"
                                + "'phrases':['acup'],'negatedPhrases':[]}"),
                plan);
        assertTrue(plan.contains("'indexName':'subject_text'"), plan);
        assertTrue(plan.contains("'nReturned':0"), plan);
        String other =
                text(articles.explain(FindRequest.of(doc("{'a': 1}")), Verbosity.QUERY_PLANNER));
        assertTrue(other.contains("ONLY_FOR_TEXT"), other);
    }
}
