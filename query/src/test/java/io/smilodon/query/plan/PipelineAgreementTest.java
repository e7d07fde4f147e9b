package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Indexes change no result of a pipeline: random pipelines over random documents give what they
 * give without any. Stages that depend on the order of documents stand behind a whole order only.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PipelineAgreementTest {

    private static final int DOCUMENTS = 60;
    private static final int PIPELINES = 120;

    /** Indexes that have all documents. */
    private static final String[] FULL = {
        "{'key': {'a': 1, 'b.x': 1, '_id': 1}}",
        "{'key': {'a': 1, 'b': 1}}",
        "{'key': {'b.x': 1, 'b.y': -1, 'a': 1, 'c': 1}}",
        "{'key': {'b.x': -1, 'a': 1, '_id': 1, 'b.y': 1}}",
        "{'key': {'c': 1, 'a': 1, 'b': 1, '_id': 1}}"
    };

    private static final String[] INDEXES = {
        "{'key': {'b': 1, 'c': 1}}",
        "{'key': {'c': -1, 'a': 1}, 'sparse': true}",
        "{'key': {'a': 'hashed', 'c': 1}}",
        "{'key': {'a': 1}, 'partialFilterExpression': {'c': {'$gte': 1}}}",
        "{'key': {'c': 1}, 'collation': {'locale': 'en', 'strength': 2}}",
        "{'key': {'b.$**': 1}}"
    };

    private static final String[] FILTERS = {
        "{'a': 1}",
        "{'a': {'$gte': 1}}",
        "{'a': {'$in': [0, 2, null]}}",
        "{'a': {'$gt': 0}, 'c': {'$gte': 1}}",
        "{'b.x': {'$lt': 3}}",
        "{'b.x': 1, 'b.y': {'$gte': 0}}",
        "{'b': {'$type': 'object'}}",
        "{'c': 2}",
        "{'c': {'$exists': true}}",
        "{'$or': [{'a': 1}, {'c': {'$lte': 0}}]}",
        "{'a': {'$ne': 3}}",
        "{'c': 'p'}",
        "{}"
    };

    private static final String[] SORTS = {
        "{'a': 1, 'b': 1}", "{'b.x': 1, 'b.y': -1}", "{'c': -1}", "{'c': 1, 'a': 1}", "{'b': -1}"
    };

    /** Orders in which no two documents are the same, and what may follow them. */
    private static final String[] WHOLE_ORDERS = {
        "{'$sort': {'a': 1, 'b.x': 1, '_id': 1}}",
        "{'$sort': {'c': -1, 'a': -1, 'b': -1, '_id': -1}}",
        "{'$sort': {'c': 1, '_id': 1}}",
    };

    private static final String[] ORDERED = {
        "{'$limit': 7}",
        "{'$skip': 3}",
        "{'$group': {'_id': '$a', 'f': {'$first': '$b'}, 'l': {'$last': '$b.x'}}}",
        "{'$group': {'_id': '$c', 'f': {'$first': '$a'}}}",
        "{'$group': {'_id': '$a', 'f': {'$first': '$b.x'}, 'i': {'$first': '$_id'}}}",
        "{'$group': {'_id': '$a', 'l': {'$last': '$b.x'}}}",
        "{'$group': {'_id': null, 'all': {'$push': '$a'}}}",
        "{'$group': {'_id': '$a', 'all': {'$push': {'x': '$b.x', 'i': '$_id'}}}}",
        "{'$setWindowFields': {'sortBy': {'_id': 1}, 'output': {'d': {'$first': '$a', 'window':"
                + " {'documents': [-1, 0]}}}}}"
    };

    private static final String[] STAGES = {
        "{'$project': {'_id': 0, 'a': 1}}",
        "{'$project': {'_id': 0, 'a': 1, 'b': 1}}",
        "{'$project': {'a': 1, 'b.x': 1}}",
        "{'$project': {'_id': 0, 'b.x': 1, 'b.y': 1}}",
        "{'$project': {'_id': 0, 'd': {'$type': '$b.x'}, 'a': '$c'}}",
        "{'$project': {'a': {'$ifNull': ['$a', 'none']}, 'c': 1}}",
        "{'$project': {'b': {'x': 1}, 'all': '$$ROOT'}}",
        "{'$project': {'b': 0, '_id': 0}}",
        "{'$project': {'_id': 0, 'b.z': '$a'}}",
        "{'$project': {'_id': 0, 'a': {'$getField': 'c'}}}",
        "{'$set': {'a': {'$concat': [{'$type': '$a'}, {'$type': '$b.y'}]}}}",
        "{'$set': {'b.w': '$c'}}",
        "{'$unset': ['b.x', 'c']}",
        "{'$match': {'b.x': {'$exists': false}}}",
        "{'$match': {'b.y': null}}",
        "{'$match': {'a.0': {'$exists': true}}}",
        "{'$match': {'$expr': {'$lt': ['$a', '$b.x']}}}",
        "{'$unwind': '$b'}",
        "{'$unwind': {'path': '$b.x', 'preserveNullAndEmptyArrays': true}}",
        "{'$group': {'_id': '$a'}}",
        "{'$group': {'_id': '$a', 'n': {'$sum': 1}}}, {'$match': {'_id': {'$in': [null, 1, 2]}}}",
        "{'$group': {'_id': '$c', 'n': {'$sum': 1}}}, {'$match': {'_id': {'$ne': null}}}",
        "{'$project': {'q': '$a', 'a': '$b', 'c': 1}}, {'$match': {'q': {'$gt': 1}, 'a.x': 2}}",
        "{'$set': {'a': '$c', 'c': '$a'}}, {'$match': {'$or': [{'a': 1}, {'c': {'$lt': 2}}]}}",
        "{'$project': {'q': '$a'}}, {'$match': {'q': {'$exists': false}}}",
        "{'$group': {'_id': '$b'}}",
        "{'$group': {'_id': '$$ROOT', 'n': {'$sum': 1}}}",
        "{'$group': {'_id': {'t': {'$type': '$b.x'}}, 'n': {'$sum': {'$size': [['$a']]}}}}",
        "{'$group': {'_id': '$b.x', 'n': {'$sum': '$a'}, 'm': {'$max': '$c'}}}",
        "{'$group': {'_id': null, 's': {'$addToSet': '$a'}}}, {'$unwind': '$s'}",
        "{'$group': {'_id': '$c', 'n': {'$min': '$b.y'}, 't': {'$count': {}}}}",
        "{'$sortByCount': '$a'}",
        "{'$sortByCount': '$b.x'}",
        "{'$count': 'n'}",
        "{'$bucket': {'groupBy': {'$cond': [{'$isNumber': '$a'}, '$a', 9]}, 'boundaries': [0, 2, 5],"
                + " 'default': 'z'}}",
        "{'$replaceRoot': {'newRoot': {'a': '$b', 'b': '$a'}}}",
        "{'$replaceWith': {'$mergeObjects': ['$$ROOT', {'c': '$a'}]}}",
        "{'$redact': {'$cond': [{'$eq': ['$x', 1]}, '$$PRUNE', '$$DESCEND']}}",
        "{'$facet': {'a': [{'$group': {'_id': null, 'n': {'$sum': '$a'}}}], 'b': [{'$count': 'n'}]}}",
        "{'$lookup': {'from': 'other', 'localField': 'a', 'foreignField': 'a', 'as': 'd', 'pipeline':"
                + " [{'$sort': {'_id': 1}}, {'$project': {'_id': 0, 'b.x': 1}}]}}",
        "{'$lookup': {'from': 'other', 'let': {'v': '$b.x'}, 'as': 'c', 'pipeline':"
                + " [{'$match': {'$expr': {'$eq': ['$a', '$$v']}}},"
                + " {'$group': {'_id': 1, 'n': {'$max': '$c'}}}]}}", // a sum may be 5 or 5.0
        "{'$unionWith': {'coll': 'other', 'pipeline': [{'$match': {'a': {'$gte': 1}}}, {'$project':"
                + " {'_id': 0, 'a': 1, 'b': 1}}]}}",
        "{'$graphLookup': {'from': 'other', 'startWith': '$a', 'connectFromField': 'c',"
                + " 'connectToField': 'a', 'maxDepth': 0, 'as': 'd'}},"
                + " {'$set': {'d': {'$size': '$d'}}}"
    };

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final List<String> hints =
            List.of(FULL[random.nextInt(2)], FULL[2 + random.nextInt(2)], FULL[4]);
    private final int arraysInHundred = List.of(0, 0, 3, 20).get(random.nextInt(4));

    @RepeatedTest(8)
    void indexes_change_no_result() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection plain = collection(smilodon, "plain");
            DocumentCollection indexed = collection(smilodon, "indexed");
            fill(plain, indexed);
            int covered = 0;
            for (int i = 0; i < PIPELINES; i++) {
                List<Document> pipeline = pipeline();
                String expected = result(pipeline, plain, AggregateOptions.DEFAULTS);
                covered += check(pipeline, expected, indexed, AggregateOptions.DEFAULTS);
                covered += check(pipeline, expected, indexed, hinted());
            }
            int least = arraysInHundred == 0 ? 3 : 0;
            assertTrue(covered >= least, "seed " + seed + ": only " + covered + " are covered");
        }
    }

    /** That of a database of its own, as joins are of collections of one name. */
    private static DocumentCollection collection(Smilodon smilodon, String database) {
        return smilodon.database(database).collection("c");
    }

    private void fill(DocumentCollection plain, DocumentCollection indexed) {
        List<String> indexes = new ArrayList<>(List.of(INDEXES));
        Collections.shuffle(indexes, random);
        for (String index : indexes.subList(0, random.nextInt(4))) {
            create(index, indexed);
        }
        hints.forEach(index -> create(index, indexed));
        for (int id = 0; id < DOCUMENTS; id++) {
            Document document = document(id);
            if (isTaken(document, indexed)) {
                plain.insertOne(document);
                if (id % 4 == 0) {
                    other(indexed).insertOne(document);
                    other(plain).insertOne(document);
                }
            }
        }
    }

    /** Not every index takes every array. */
    private static boolean isTaken(Document document, DocumentCollection indexed) {
        try {
            indexed.insertOne(document);
            return true;
        } catch (SmilodonException refused) {
            return false;
        }
    }

    private static void create(String index, DocumentCollection collection) {
        collection.createIndex(Json.doc(index));
        other(collection).createIndex(Json.doc(index));
    }

    private static DocumentCollection other(DocumentCollection collection) {
        return collection.database().collection("other");
    }

    private Document document(int id) {
        DocumentBuilder builder = Document.builder().put("_id", id);
        List<String> names = new ArrayList<>(List.of("a", "b", "c"));
        Collections.shuffle(names, random);
        for (String name : names) {
            if (random.nextInt(8) > 0) {
                builder.put(name, name.equals("b") ? inner() : scalar());
            }
        }
        return builder.build();
    }

    private Value inner() {
        if (random.nextInt(100) < arraysInHundred) {
            return random.nextBoolean() ? ArrayValue.EMPTY : ArrayValue.of(scalar(), scalar());
        }
        List<String> names = new ArrayList<>(List.of("x", "y"));
        Collections.shuffle(names, random);
        Document inner = Document.EMPTY;
        for (String name : names) {
            inner = random.nextInt(6) > 0 ? inner.with(name, scalar()) : inner;
        }
        return random.nextInt(6) > 0 ? inner : scalar();
    }

    private Value scalar() {
        if (random.nextInt(300) < arraysInHundred) {
            return ArrayValue.of(Value.of(1), Value.of(2));
        }
        return switch (random.nextInt(12)) {
            case 0 -> ExtendedJson.readValue("null");
            case 1 -> Value.of(random.nextInt(4) + 0.5);
            case 2 -> Value.of(List.of("p", "P", "").get(random.nextInt(3)));
            case 3 -> Value.of(random.nextBoolean());
            default -> Value.of(random.nextInt(5));
        };
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private List<Document> pipeline() {
        List<String> stages = new ArrayList<>();
        stages.add("{'$match': %s}".formatted(one(FILTERS)));
        if (random.nextInt(3) == 0) {
            stages.add(one(WHOLE_ORDERS));
            stages.add(one(ORDERED));
        } else if (random.nextInt(3) == 0) {
            stages.add("{'$sort': %s}".formatted(one(SORTS)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            stages.add(one(STAGES));
        }
        List<Document> parsed = new ArrayList<>();
        ExtendedJson.readArray(stages.toString().replace('\'', '"'))
                .forEach(stage -> parsed.add((Document) stage));
        return parsed;
    }

    /** By an index that has all documents. */
    private AggregateOptions hinted() {
        return AggregateOptions.DEFAULTS.withHint(
                (Document) Json.doc(hints.get(random.nextInt(hints.size()))).get("key"));
    }

    /** How often it is covered: once, or not. */
    private int check(
            List<Document> pipeline,
            String expected,
            DocumentCollection indexed,
            AggregateOptions options) {
        assertEquals(
                expected,
                result(pipeline, indexed, options),
                () -> "seed " + seed + ": " + Json.text(ArrayValue.of(pipeline)) + options.hint());
        Document explained = indexed.explain(pipeline, options, Verbosity.QUERY_PLANNER);
        return Json.text(explained).contains("PROJECTION_COVERED") ? 1 : 0;
    }

    /** The documents in any order, their fields by their names; or the code of an error. */
    private static String result(
            List<Document> pipeline, DocumentCollection collection, AggregateOptions options) {
        try (DocumentCursor cursor = collection.aggregate(pipeline, options)) {
            List<String> texts = new ArrayList<>();
            cursor.forEachRemaining(document -> texts.add(Json.text(ordered(document))));
            texts.sort(null);
            return texts.toString();
        } catch (SmilodonException refused) {
            return refused.code().toString();
        }
    }

    private static Value ordered(Value value) {
        return switch (value) {
            case Document document -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                document.forEach(field -> fields.put(field.name(), ordered(field.value())));
                DocumentBuilder builder = Document.builder();
                fields.forEach(builder::put);
                yield builder.build();
            }
            case ArrayValue array ->
                    ArrayValue.of(
                            array.elements().stream().map(PipelineAgreementTest::ordered).toList());
            default -> value;
        };
    }
}
