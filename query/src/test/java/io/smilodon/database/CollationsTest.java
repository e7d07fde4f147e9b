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
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollationsTest extends CollationFixture {

    private static final UpdateOptions LIKE_NO_CASE = UpdateOptions.DEFAULTS.withCollation(NO_CASE);

    // ---- Filters

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'n': 'ANN'}                                | 1 3",
                "{'n': {'$ne': 'Ann'}}                       | 2 4",
                "{'n': {'$in': ['bob', 7]}}                  | 2 4",
                "{'n': {'$nin': ['aNN', 'x']}}               | 2 4",
                "{'n': {'$gt': 'Ann'}}                       | 2",
                "{'n': {'$gte': 'Ann'}}                      | 1 2 3",
                "{'n': {'$lt': 'BOB'}}                       | 1 3",
                "{'n': {'$lte': 'BOB'}}                      | 1 2 3",
                "{'n': {'$not': {'$eq': 'ann'}}}             | 2 4",
                "{'$or': [{'n': 'aNN'}, {'l': 'Y'}]}         | 1 2 3",
                "{'$nor': [{'n': 'aNN'}]}                    | 2 4",
                "{'l': 'x'}                                  | 1 3",
                "{'l': {'$all': ['X', 'y']}}                 | 1",
                "{'l': {'$elemMatch': {'$eq': 'X'}}}         | 1 3",
                "{'l': {'$elemMatch': {'$ne': 'X'}}}         | 1 2",
                "{'l': ['X', 'y']}                           | 1",
                "{'s': {'k': 'One'}}                         | 1 2",
                "{'s.k': 'One'}                              | 1 2",
                "{'s': {'$gt': {'k': 'One'}}}                | 3",
                "{'n': /^ann/}                               | 1",
                "{'n': {'$in': [/^ANN/]}}                    | 3",
                "{'n': {'$beginsWith': 'a'}}                 | 1",
                "{'$expr': {'$eq': ['$n', 'ANN']}}           | 1 3",
                "{'$expr': {'$in': ['bob', ['$n']]}}         | 2",
                "{'$jsonSchema': {'properties': {'n': {'enum': ['ANN']}}}} | 3",
            })
    void filters_compare_strings_by_the_collation(String filter, String found) {
        String json = filter.replace("/^ann/", "{'$regex': '^ann'}");
        json =
                json.replace(
                        "[/^ANN/]", "[{'$regularExpression': {'pattern': '^ANN', 'options': ''}}]");
        for (String index : new String[] {"", "n", "l", "s", "s.k"}) {
            if (!index.isEmpty()) {
                plain.createIndex(doc("{'key': {'" + index + "': 1}, 'name': '" + index + "'}"));
                plain.createIndex(
                        doc("{'key': {'" + index + "': 1}, 'name': 'collated " + index + "'}")
                                .with("collation", NO_CASE));
            }
            FindRequest request = byId(json).withCollation(NO_CASE);
            assertEquals(found, ids(plain.find(request)), index);
            assertEquals(found.split(" ").length, plain.count(request));
        }
    }

    @Test
    void projections_compare_by_it() {
        Document projection =
                doc("{'l': {'$elemMatch': {'$eq': 'y'}}, 'is': {'$eq': ['$n', 'ANN']}}");
        FindRequest request =
                FindRequest.of(doc("{'_id': 1}")).withProjection(projection).withCollation(NO_CASE);

        assertEquals("{'_id':1,'l':['Y'],'is':true}", text(plain.find(request)));
    }

    @Test
    void sorts_and_distinct_values_follow_it() {
        FindRequest request = FindRequest.of(doc("{'n': {'$type': 'string'}}"));
        Document order = doc("{'n': -1, '_id': 1}");

        assertEquals("2 1 3", ids(plain.find(request.withSort(order).withCollation(NO_CASE))));
        assertEquals("1 2 3", ids(plain.find(request.withSort(order))));
        assertEquals(2, plain.distinct("n", request.withCollation(NO_CASE)).size());
        assertEquals(3, plain.distinct("n", request).size());
        Document numbers = doc("{'locale': 'en', 'numericOrdering': true}");
        plain.insertMany(docs("{'_id': 'a10'}", "{'_id': 'a9'}"), true);
        FindRequest texts = FindRequest.of(doc("{'_id': {'$type': 'string'}}"));
        assertEquals(
                "'a9' 'a10'",
                ids(plain.find(texts.withSort(doc("{'_id': 1}")).withCollation(numbers))));
    }

    // ---- Pipelines

    private String aggregate(String... stages) {
        AggregateOptions options = AggregateOptions.DEFAULTS.withCollation(NO_CASE);
        return text(plain.aggregate(docs(stages), options));
    }

    @Test
    void groups_are_of_equal_strings() {
        assertEquals(
                "{'_id':'ann','c':2,'all':['ann'],'max':'ann'}",
                aggregate(
                        "{'$match': {'n': 'ANN'}}",
                        "{'$group': {'_id': '$n', 'c': {'$sum': 1}, 'all': {'$addToSet': '$n'},"
                                + " 'max': {'$max': '$n'}}}"));
        assertEquals(
                "{'_id':'ann','count':2}{'_id':'Bob','count':1}",
                aggregate(
                        "{'$match': {'n': {'$type': 'string'}}}",
                        "{'$sort': {'_id': 1}}",
                        "{'$sortByCount': '$n'}"));
        assertEquals(
                "{'_id':'a','count':2}{'_id':'B','count':1}",
                aggregate(
                        "{'$match': {'n': {'$type': 'string'}}}",
                        "{'$bucket': {'groupBy': '$n', 'boundaries': ['a', 'B', 'c']}}"));
        assertEquals(
                "{'_id':{'min':'ann','max':'Bob'},'count':2}{'_id':{'min':'Bob','max':'Bob'},"
                        + "'count':1}",
                aggregate(
                        "{'$match': {'n': {'$type': 'string'}}}",
                        "{'$sort': {'_id': 1}}",
                        "{'$bucketAuto': {'groupBy': '$n', 'buckets': 3}}"));
    }

    @Test
    void boundaries_ascend_by_the_collation() {
        String bucket = "{'$bucket': {'groupBy': '$n', 'boundaries': ['a', 'B', 'c']}}";

        assertCode(40194, () -> plain.aggregate(docs(bucket)));
        assertCode(40194, () -> aggregate(bucket.replace("'B'", "'A'")));
        assertCode(
                40199,
                () -> aggregate(bucket.replace("'boundaries'", "'default': 'BB', 'boundaries'")));
    }

    @Test
    void expressions_compare_by_it() {
        assertEquals(
                "{'_id':1,'cmp':0,'in':true,'at':1,'set':['x'],'sub':true,'same':true,'diff':[],"
                        + "'max':['Y'],'sorted':['x','Y'],'top':'Y'}",
                aggregate(
                        "{'$match': {'_id': 1}}",
                        "{'$project': {'cmp': {'$cmp': ['$n', 'ANN']}, 'in': {'$in': ['y', '$l']},"
                                + " 'at': {'$indexOfArray': ['$l', 'y']}, 'set': {'$setUnion':"
                                + " [['x'], ['X']]}, 'sub': {'$setIsSubset': [['X'], '$l']},"
                                + " 'same': {'$setEquals': [['y', 'X'], '$l']}, 'diff':"
                                + " {'$setDifference': ['$l', ['X', 'y']]}, 'max': {'$maxN':"
                                + " {'n': 1, 'input': '$l'}}, 'sorted': {'$sortArray': {'input':"
                                + " '$l', 'sortBy': 1}}, 'top': {'$max': '$l'}}}"));
    }

    @Test
    void windows_and_tops_compare_by_it() {
        assertEquals(
                "{'_id':1,'r':1}{'_id':3,'r':1}{'_id':2,'r':2}",
                aggregate(
                        "{'$match': {'n': {'$type': 'string'}}}",
                        "{'$setWindowFields': {'sortBy': {'n': 1}, 'output': {'r': {'$denseRank':"
                                + " {}}}}}",
                        "{'$project': {'r': 1}}"));
        assertEquals(
                "{'_id':null,'t':'Bob','n':['Bob','ann']}",
                aggregate(
                        "{'$match': {'_id': {'$lt': 3}}}",
                        "{'$group': {'_id': null, 't': {'$top': {'sortBy': {'n': -1}, 'output':"
                                + " '$n'}}, 'n': {'$maxN': {'n': 2, 'input': '$n'}}}}"));
    }

    @Test
    void joins_compare_by_it() {
        database.collection("other")
                .insertMany(
                        docs("{'_id': 'ANN', 'up': 'bob'}", "{'_id': 'bob', 'up': 'Ann'}"), true);
        assertEquals(
                "{'o':[{'_id':'ANN'}]}",
                aggregate(
                        "{'$match': {'_id': 1}}",
                        "{'$lookup': {'from': 'other', 'localField': 'n', 'foreignField': '_id',"
                                + " 'as': 'o'}}",
                        "{'$project': {'_id': 0, 'o._id': 1}}"));
        assertEquals(
                "{'o':1}",
                aggregate(
                        "{'$match': {'_id': 1}}",
                        "{'$lookup': {'from': 'other', 'let': {'n': '$n'}, 'pipeline': [{'$match':"
                                + " {'$expr': {'$eq': ['$_id', '$$n']}}}], 'as': 'o'}}",
                        "{'$project': {'_id': 0, 'o': {'$size': '$o'}}}"));
        assertEquals(
                "{'o':2}",
                aggregate(
                        "{'$match': {'_id': 1}}",
                        "{'$graphLookup': {'from': 'other', 'startWith': '$n', 'connectFromField':"
                                + " 'up', 'connectToField': '_id', 'as': 'o'}}",
                        "{'$project': {'_id': 0, 'o': {'$size': '$o'}}}"));
    }

    // ---- Writes

    @Test
    void writes_find_and_change_by_it() {
        assertEquals(
                2,
                plain.updateMany(doc("{'n': 'aNN'}"), doc("{'$set': {'m': 1}}"), LIKE_NO_CASE)
                        .matchedCount());
        assertEquals(
                0, plain.updateOne(doc("{'n': 'aNN'}"), doc("{'$set': {'m': 1}}")).matchedCount());
        plain.updateOne(
                doc("{'_id': 1}"),
                doc(
                        "{'$pull': {'l': 'X'}, '$max': {'n': 'Ann'}, '$addToSet': {'t': {'$each': ['a', 'A']}}}"),
                LIKE_NO_CASE);
        assertEquals(
                "{'_id':1,'n':'ann','l':['Y'],'s':{'k':'one'},'m':1,'t':['a']}",
                text(plain.findOne(doc("{'_id': 1}")).orElseThrow()));
        plain.updateOne(doc("{'l': 'y'}"), doc("{'$set': {'l.$': 'found'}}"), LIKE_NO_CASE);
        assertEquals(1, plain.count(doc("{'_id': 1, 'l': 'found'}")));
        plain.updateOne(
                doc("{'_id': 2}"),
                doc(
                        "{'$set': {'l.$[e]': 'f'}, '$push': {'p': {'$each': ['b', 'C', 'a'], '$sort': 1}}}"),
                LIKE_NO_CASE.withArrayFilters(docs("{'e': 'Y'}")));
        assertEquals(1, plain.count(doc("{'l': 'f', 'p': ['a', 'b', 'C']}")));
        assertEquals(
                1,
                plain.replaceOne(doc("{'n': 'BOB'}"), doc("{'n': 'x'}"), LIKE_NO_CASE)
                        .modifiedCount());
        FindAndModifyOptions options = FindAndModifyOptions.DEFAULTS.withUpdate(LIKE_NO_CASE);
        assertTrue(plain.findOneAndDelete(doc("{'n': 'X'}"), options).value().isPresent());
        DeleteOptions delete = DeleteOptions.DEFAULTS.withCollation(NO_CASE);
        assertEquals(2, plain.deleteMany(doc("{'n': 'Ann'}"), delete).deletedCount());
    }

    @Test
    void pipelines_of_updates_compare_by_it() {
        plain.updateOne(
                doc("{'_id': 1}"),
                value("[{'$set': {'is': {'$eq': ['$n', 'ANN']}}}]"),
                LIKE_NO_CASE);
        assertEquals(1, plain.count(doc("{'is': true}")));
    }
}
