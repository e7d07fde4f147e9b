package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.testing.ListCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PipelineRulesTest {

    private static final String[] STAGES = {
        "{'$match': {'a': 1}}",
        "{'$match': {'a': {'$gt': 0}, 'b.x': {'$exists': true}}}",
        "{'$match': {'$or': [{'b': null}, {'c': {'$gte': 1}}]}}",
        "{'$match': {'b.x': 1}}",
        "{'$match': {'_id': {'$lt': 12}}}",
        "{'$match': {'$nor': [{'c': 2}]}}",
        "{'$match': {}}",
        "{'$match': {'d': 1}}",
        "{'$project': {'a': 1, 'b': 1}}",
        "{'$project': {'a': 1, 'b.x': 1, 'd': '$c'}}",
        "{'$project': {'_id': 0, 'a': 1, 'c': 1}}",
        "{'$project': {'_id': 1, 'b': {'x': 1}}}",
        "{'$project': {'c': 0}}",
        "{'$project': {'_id': 0}}",
        "{'$project': {'b.x': 0, 'a': 0}}",
        "{'$project': {'_id': 1, 'a': 0}}",
        "{'$project': {'a': '$b', 'all': '$$ROOT'}}",
        "{'$addFields': {'a': '$b.x'}}",
        "{'$addFields': {'d': '$c', 'b.y': '$a'}}",
        "{'$addFields': {'b': {'z': '$c'}}}",
        "{'$set': {'a': {'$add': [1, 2]}}}",
        "{'$unset': ['b.x', 'c']}",
        "{'$sort': {'a': 1}}",
        "{'$sort': {'b.x': -1, '_id': 1}}",
        "{'$limit': 3}",
        "{'$limit': 7}",
        "{'$skip': 2}",
        "{'$skip': 4}",
        "{'$unwind': '$b'}",
        "{'$unwind': {'path': '$a', 'preserveNullAndEmptyArrays': true, 'includeArrayIndex': 'c'}}",
        "{'$group': {'_id': '$a', 'c': {'$push': '$b'}, 'a': {'$sum': '$c'}}}",
        "{'$group': {'_id': null, 'all': {'$push': '$$ROOT'}}}",
        "{'$lookup': {'from': 'other', 'localField': 'a', 'foreignField': 'c', 'as': 'd'}}",
        "{'$replaceRoot': {'newRoot': {'a': '$b', '_id': '$_id', 'c': '$c'}}}",
        "{'$sortByCount': '$a'}",
        "{'$count': 'a'}",
        "{'$unwind': '$d'}",
        "{'$unwind': {'path': '$d', 'preserveNullAndEmptyArrays': true}}",
        "{'$match': {'d.c': {'$gte': 1}}}",
        "{'$match': {'$or': [{'d.b': null}, {'d._id': 3}], 'a': {'$ne': 2}}}",
        "{'$match': {'$expr': {'$gt': ['$$ROOT.c', '$a']}}}",
        "{'$lookup': {'from': 'other', 'let': {'mine': '$c'}, 'pipeline': [{'$match': {'$expr':"
                + " {'$lt': ['$c', '$$mine']}}}, {'$limit': 2}], 'as': 'd'}}",
        "{'$lookup': {'from': 'other', 'pipeline': [{'$sort': {'c': 1}}, {'$limit': 2}],"
                + " 'as': 'd'}}",
        "{'$unionWith': 'other'}",
        "{'$unionWith': {'coll': 'other', 'pipeline': [{'$limit': 3}, {'$addFields': {'d': 1}}]}}",
        "{'$facet': {'a': [{'$match': {'a': 1}}, {'$limit': 2}], 'c': [{'$match': {'c': 2}}]}}",
        "{'$project': {'b.x': 1, 'b.y': 1}}",
        "{'$project': {'b.y': 1, 'a': 1, '_id': 0}}",
        "{'$project': {'b.z': '$a', 'c': 1}}",
        "{'$project': {'e': {'$ifNull': ['$b.x', '$b.y']}, 'a': 1}}",
        "{'$project': {'e': {'$let': {'vars': {'CURRENT': '$b'}, 'in': '$x'}}}}",
        "{'$project': {'a': {'$getField': {'field': 'c', 'input': '$$CURRENT'}}, 'b.x': 1}}",
        "{'$project': {'e': {'$getField': {'$concat': ['', 'c']}}}}",
        "{'$project': {'a': {'$map': {'input': ['$a'], 'in': ['$$this', '$c']}}}}",
        "{'$match': {'a.0': 1}}",
        "{'$match': {'b.0.x': {'$gte': 1}}}",
        "{'$match': {'$jsonSchema': {'required': ['a']}}}",
        "{'$match': {'b': {'$elemMatch': {'x': 1}}}}",
        "{'$sort': {'a.0': 1, 'c': -1}}",
        "{'$group': {'_id': '$b'}}",
        "{'$group': {'_id': '$$ROOT', 'n': {'$sum': 1}}}",
        "{'$group': {'_id': {'x': '$b.x'}, 'a': {'$first': '$a'}, 'c': {'$last': '$$CURRENT.c'}}}",
        "{'$group': {'_id': '$c', 'a': {'$topN': {'n': 2, 'sortBy': {'a': 1}, 'output': '$b'}}}}",
        "{'$replaceRoot': {'newRoot': '$$ROOT'}}",
        "{'$replaceRoot': {'newRoot': {'$mergeObjects': [{'c': '$c'}, {'b': '$b.x.y'}]}}}",
        "{'$replaceWith': {'$setField': {'field': 'a', 'input': '$$ROOT', 'value': '$b'}}}",
        "{'$bucket': {'groupBy': {'$ifNull': ['$c', 9]}, 'boundaries': [0, 1, 3], 'default': 'z',"
                + " 'output': {'a': {'$push': '$a'}}}}",
        "{'$bucketAuto': {'groupBy': '$c', 'buckets': 2, 'output': {'b': {'$push': '$b.x'}}}}",
        "{'$redact': {'$cond': [{'$eq': ['$x', 1]}, '$$PRUNE', '$$DESCEND']}}",
        "{'$setWindowFields': {'partitionBy': {'$type': '$c'}, 'sortBy': {'_id': 1}, 'output':"
                + " {'b.w': {'$rank': {}},"
                + " 'a': {'$sum': '$b.x', 'window': {'documents': [-1, 0]}}}}}",
        "{'$fill': {'sortBy': {'_id': 1}, 'output': {'c': {'method': 'locf'}, 'a': {'value': 7}}}}",
        "{'$graphLookup': {'from': 'other', 'startWith': '$c', 'connectFromField': 'c',"
                + " 'connectToField': 'a', 'maxDepth': 1, 'as': 'd'}}",
        "{'$unwind': {'path': '$b.x', 'preserveNullAndEmptyArrays': true}}",
        "{'$unwind': {'path': '$b', 'includeArrayIndex': 'b.i'}}",
        "{'$facet': {'c': [{'$project': {'a': 1, 'c': 1}}]}}",
        "{'$project': {'b': '$a', 'a': '$b', 'd': '$c'}}",
        "{'$addFields': {'b': '$a', 'c': '$none', '_id': '$c'}}",
        "{'$match': {'_id': {'$in': [null, 1, 2]}, 'b': {'$ne': 1}}}",
        "{'$match': {'_id': {'$exists': true}}}",
        "{'$group': {'_id': '$b', 'n': {'$first': '$a'}}}",
        "{'$unionWith': {'coll': 'other', 'pipeline': [{'$project': {'a': 1, 'c': 1}}]}}",
        "{'$unionWith': {'coll': 'other', 'pipeline': [{'$group': {'_id': '$b.x'}}]}}",
        "{'$lookup': {'from': 'other', 'localField': 'c', 'foreignField': 'a', 'as': 'd',"
                + " 'pipeline': [{'$sort': {'c': 1, '_id': 1}}, {'$project': {'b.x': 1}}]}}",
        "{'$lookup': {'from': 'other', 'let': {'b': '$b.x'}, 'as': 'd', 'pipeline': [{'$match':"
                + " {'$expr': {'$eq': ['$a', '$$b']}}}, {'$count': 'n'}]}}",
        "{'$facet': {'b': [{'$sort': {'c': 1}}, {'$match': {'a': 1}}], 'n': [{'$count': 'n'}]}}",
        "{'$redact': {'$cond': [{'$eq': ['$c', 2]}, '$$PRUNE', '$$DESCEND']}}",
        "{'$graphLookup': {'from': 'other', 'startWith': '$a', 'connectFromField': 'c',"
                + " 'connectToField': 'a', 'as': 'd', 'maxDepth': 2}}",
    };

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    @RepeatedTest(600)
    void a_split_pipeline_gives_the_same_result() {
        String text = text();
        Pipeline pipeline = pipeline(text);
        List<Document> documents = documents();
        MemoryCollections context =
                new MemoryCollections(OperationContext.unlimited(), Map.of("other", documents()));

        assertEquals(
                ordered(ListCursor.drain(pipeline.open(new ListCursor(documents), context))),
                ordered(SplitRunner.run(PipelineRules.split(pipeline), documents, context)),
                () -> "seed " + seed + ": " + text + " of " + documents);
    }

    private static List<Value> ordered(List<Document> documents) {
        return documents.stream().map(SplitRunner::ordered).toList();
    }

    private String text() {
        int count = 1 + random.nextInt(6);
        List<String> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stages.add(STAGES[random.nextInt(STAGES.length)]);
        }
        return stages.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            DocumentBuilder builder = Document.builder().put("_id", i);
            List<String> names = new ArrayList<>(List.of("c", "b", "a"));
            Collections.shuffle(names, random);
            for (String name : names) {
                if (random.nextInt(5) > 0) {
                    builder.put(name, name.equals("c") ? scalar() : value());
                }
            }
            documents.add(builder.build());
        }
        return documents;
    }

    private Value value() {
        return switch (random.nextInt(8)) {
            case 0 -> Document.of("x", scalar());
            case 1 -> Document.of("y", scalar()).with("x", scalar());
            case 2 -> Document.of("x", scalar()).with("y", scalar());
            case 3 -> ArrayValue.of(scalar(), Document.of("x", scalar()));
            case 4 -> ArrayValue.EMPTY;
            default -> scalar();
        };
    }

    private Value scalar() {
        int number = random.nextInt(4);
        return number == 3 ? NullValue.INSTANCE : Value.of(number);
    }

    private static Pipeline pipeline(String text) {
        return Pipeline.parse(ExtendedJson.readArray(text.replace('\'', '"')), Location.ROOT);
    }

    private static SplitPipeline split(String text) {
        return PipelineRules.split(pipeline(text));
    }

    @Test
    void leading_match_sort_skip_and_limit_become_the_find() {
        SplitPipeline split =
                split("[{'$match': {'a': 1}}, {'$sort': {'b': 1}}, {'$skip': 2}, {'$limit': 3}]");

        assertTrue(split.rest().stages().isEmpty());
        assertEquals(
                ExtendedJson.readDocument("{\"a\": {\"$eq\": 1}}"),
                split.front().filter().toDocument());
        assertTrue(split.front().sort().isPresent());
        assertEquals(2, split.front().skip());
        // The sort keeps five; the first two of them are skipped.
        assertEquals(3, split.front().limit());
    }

    @Test
    void a_filter_moves_before_stages_that_hand_its_field_on() {
        SplitPipeline split =
                split(
                        "[{'$addFields': {'d': 1}}, {'$project': {'a': 1, 'd': 1}},"
                                + " {'$unwind': '$d'}, {'$sort': {'d': 1}},"
                                + " {'$match': {'a': 1, 'd': 2}}]");

        assertEquals(
                ExtendedJson.readDocument("{\"a\": {\"$eq\": 1}}"),
                split.front().filter().toDocument());
        assertEquals(
                List.of("$addFields", "$project", "$unwind", "$match", "$sort"),
                split.rest().stages().stream().map(Stage::name).toList());
    }

    @Test
    void a_filter_is_asked_under_the_name_that_a_field_had_before() {
        assertEquals("{'a': {'$eq': 5}}", front("{'$project': {'q': '$a'}}", "{'q': 5}"));
        assertEquals(
                "{'$and': [{'b.x': {'$gt': 1}}, {'a': {'$eq': 2}}]}",
                front("{'$addFields': {'a': '$b', 'b': '$a'}}", "{'a.x': {'$gt': 1}, 'b': 2}"));
        assertEquals(
                "{'$or': [{'a': {'$eq': 1}}, {'_id': {'$eq': 2}}]}",
                front("{'$project': {'q': '$a'}}", "{'$or': [{'q': 1}, {'_id': 2}]}"));
        assertEquals("{}", front("{'$project': {'q': '$a.b'}}", "{'q': 5}"));
        assertEquals("{}", front("{'$project': {'q': '$$NOW'}}", "{'q': 5}"));
        assertEquals("{}", front("{'$project': {'q': '$a'}}", "{'$expr': '$q'}"));
        assertEquals("{}", front("{'$addFields': {'q.r': '$a'}}", "{'q.r': 5}"));
    }

    @Test
    void a_filter_of_what_is_grouped_by_is_asked_first_if_it_takes_equal_values_alike() {
        String group = "{'$group': {'_id': '$a', 'n': {'$sum': 1}}}";
        assertEquals("{'a': {'$eq': 5}}", front(group, "{'_id': 5}"));
        assertEquals("{'a': {'$eq': null}}", front(group, "{'_id': null, 'n': 2}"));
        assertEquals("{'a': {'$not': {'$in': [1, 2]}}}", front(group, "{'_id': {'$nin': [1, 2]}}"));
        assertEquals("{}", front(group, "{'_id': {'$type': 'int'}}"));
        assertEquals("{}", front(group, "{'_id': {'$exists': true}}"));
        assertEquals("{}", front(group, "{'_id': {'$regex': 'x'}}"));
        assertEquals("{}", front(group, "{'_id.x': 5}"));
        assertEquals("{}", front(group, "{'$expr': {'$eq': ['$_id', 5]}}"));
        assertEquals("{}", front(group, "{'$or': [{'_id': 5}, {'n': 1}]}"));
        assertEquals("{}", front("{'$group': {'_id': '$a.b'}}", "{'_id': 5}"));
        assertEquals("{}", front("{'$group': {'_id': {'x': '$a'}}}", "{'_id.x': 5}"));
    }

    /** What a find does of a stage and a filter behind it. */
    private static String front(String stage, String filter) {
        SplitPipeline split = split("[%s, {'$match': %s}]".formatted(stage, filter));
        return ExtendedJson.write(split.front().filter().toDocument(), JsonMode.RELAXED)
                .replace('"', '\'')
                .replace(":", ": ")
                .replace(",", ", ");
    }

    private static NeededFields needed(String... paths) {
        return NeededFields.of(Stream.of(paths).map(FieldPath::parse).toList());
    }

    @Test
    void only_the_fields_that_somebody_reads_are_needed() {
        assertTrue(split("[{'$addFields': {'a': 1}}]").front().fields().isWhole());
        assertEquals(
                needed("k.x", "v"),
                split("[{'$match': {'m': 1}}, {'$group': {'_id': '$k.x', 's': {'$sum': '$v'}}}]")
                        .front()
                        .fields());
        assertEquals(NeededFields.NONE, split("[{'$count': 'n'}]").front().fields());
        assertEquals(
                needed("_id", "a", "b", "c", "l"),
                split(
                                "[{'$addFields': {'a': '$b'}}, {'$lookup': {'from': 'o',"
                                        + " 'localField': 'l', 'foreignField': 'f', 'as': 'c'}},"
                                        + " {'$project': {'a': 1, 'c': 1}}]")
                        .front()
                        .fields());
    }

    @Test
    void a_lookup_takes_in_the_unwind_behind_it_and_filters_of_what_was_found() {
        Pipeline optimized =
                PipelineRules.optimize(
                        pipeline(
                                "[{'$lookup': {'from': 'o', 'localField': 'l', 'foreignField': 'f',"
                                        + " 'as': 'c'}}, {'$unwind': '$c'},"
                                        + " {'$match': {'c.x': 1, 'c': {'$ne': 2}, 'l': 3}}]"));

        assertEquals(
                List.of("$match", "$lookup", "$match"),
                optimized.stages().stream().map(Stage::name).toList());
        assertEquals(
                ExtendedJson.readDocument(
                        "{\"$lookup\": {\"from\": \"o\", \"localField\": \"l\","
                                + " \"foreignField\": \"f\", \"as\": \"c\","
                                + " \"matching\": {\"x\": {\"$eq\": 1}},"
                                + " \"unwinding\": {\"preserveNullAndEmptyArrays\": false}}}"),
                optimized.stages().get(1).rendered());
    }

    @Test
    void a_filter_behind_a_union_is_asked_on_both_sides_of_it() {
        SplitPipeline split =
                split("[{'$unionWith': 'o'}, {'$sort': {'a': 1}}, {'$match': {'a': 1}}]");

        assertEquals(
                ExtendedJson.readDocument("{\"a\": {\"$eq\": 1}}"),
                split.front().filter().toDocument());
        assertEquals(
                ExtendedJson.readDocument(
                        "{\"$unionWith\": {\"coll\": \"o\", \"pipeline\":"
                                + " [{\"$match\": {\"a\": {\"$eq\": 1}}}]}}"),
                split.rest().stages().get(0).rendered());
    }

    @Test
    void filters_that_all_pipelines_of_a_facet_begin_with_are_asked_before_it() {
        SplitPipeline split =
                split("[{'$facet': {'x': [{'$match': {'a': 1}}], 'y': [{'$match': {'b': 2}}]}}]");

        assertEquals(
                ExtendedJson.readDocument(
                        "{\"$or\": [{\"a\": {\"$eq\": 1}}, {\"b\": {\"$eq\": 2}}]}"),
                split.front().filter().toDocument());
        assertTrue(
                split("[{'$facet': {'x': [{'$match': {'a': 1}}], 'y': []}}]")
                        .front()
                        .filter()
                        .equals(Predicate.everything()));
    }

    @Test
    void chance_is_asked_once_and_where_it_stands() {
        String rand = "{'$match': {'$expr': {'$lt': [{'$rand': {}}, '$a']}}}";
        assertEquals(List.of("$unwind", "$match"), names("[{'$unwind': '$b'}, " + rand + "]"));
        assertEquals(List.of("$unionWith", "$match"), names("[{'$unionWith': 'o'}, " + rand + "]"));
        assertEquals(
                List.of("$match", "$sort", "$match"),
                names("[{'$sort': {'b': 1}}, {'$match': {'a': 1, '$sampleRate': 0.5}}]"));
        assertEquals(
                List.of("$facet"),
                names("[{'$facet': {'x': [{'$match': {'$sampleRate': 0.5}}]}}]"));
        assertEquals(List.of("$facet"), names("[{'$facet': {'x': [" + rand + "]}}]"));
        assertEquals(
                ExtendedJson.readDocument("{\"a\": {\"$eq\": 1}}"),
                split("[{'$facet': {'x': [{'$match': {'a': 1, '$sampleRate': 0.5}}]}}]")
                        .front()
                        .filter()
                        .toDocument());
    }

    private static List<String> names(String text) {
        return PipelineRules.optimize(pipeline(text)).stages().stream().map(Stage::name).toList();
    }

    @Test
    void a_sort_with_a_limit_keeps_no_more_than_that() {
        Pipeline optimized =
                PipelineRules.optimize(
                        pipeline(
                                "[{'$group': {'_id': '$a'}}, {'$sort': {'_id': 1}}, {'$skip': 1},"
                                        + " {'$limit': 5}, {'$limit': 2}]"));

        assertEquals(
                List.of("$group", "$sort", "$skip"),
                optimized.stages().stream().map(Stage::name).toList());
        assertEquals(3, ((Sort) optimized.stages().get(1)).limit());
        assertFalse(optimized.stages().get(1).letsFilterPass("a"));
    }
}
