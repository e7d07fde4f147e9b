package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.testing.ListCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that need their whole input give the same whether it fits into memory or not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StageSpillTest {

    private static final long BUDGET = 2 << 20;

    private final long seed = System.nanoTime();

    /** About 10 MiB of them. */
    private List<Document> documents() {
        Random random = new Random(seed);
        String text = "x".repeat(2_000);
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 2_000; id++) {
            DocumentBuilder builder =
                    Document.builder().put("_id", id).put("p", random.nextInt(40));
            if (random.nextInt(20) > 0) {
                builder.put("n", random.nextInt(100));
            }
            documents.add(builder.put("text", text).build());
        }
        return documents;
    }

    private static List<Document> run(
            String stages, List<Document> documents, OperationContext operation) {
        return ListCursor.drain(
                Pipeline.parse(ExtendedJson.readArray(stages.replace('\'', '"')), Location.ROOT)
                        .open(
                                new ListCursor(documents),
                                new MemoryCollections(operation, Map.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'$setWindowFields': {'partitionBy': '$p', 'sortBy': {'_id': -1},"
                        + " 'output':"
                        + " {'r': {'$documentNumber': {}}, 's': {'$sum': '$n', 'window':"
                        + " {'documents': [-3, 'current']}}}}}]",
                "[{'$setWindowFields': {'partitionBy': {'$mod': ['$_id', 50]}, 'output':"
                        + " {'all': {'$push': '$n'}}}}]",
                "[{'$bucketAuto': {'groupBy': '$n', 'buckets': 7, 'output': {'all': {'$sum':"
                        + " '$_id'},"
                        + " 'one': {'$first': '$text'}, 'length': {'$max': {'$strLenCP': '$text'}},"
                        + " 'same': {'$addToSet': '$text'}}}}, {'$unset': 'one'}]",
                "[{'$match': {'n': {'$gte': 0}}}, {'$bucketAuto': {'groupBy': '$n', 'buckets': 5,"
                        + " 'granularity': 'R5', 'output': {'n': {'$sum': 1}, 'last': {'$last':"
                        + " '$text'}}}}]",
                "[{'$densify': {'field': 'n', 'range': {'step': 0.5, 'bounds': 'full'}}}]",
                "[{'$densify': {'field': 'n', 'partitionByFields': ['p'], 'range': {'step': 1,"
                        + " 'bounds': 'partition'}}}]",
                "[{'$densify': {'field': 'n', 'partitionByFields': ['p'], 'range': {'step': 7,"
                        + " 'bounds': [-10, 110]}}}]",
                "[{'$fill': {'partitionBy': '$p', 'sortBy': {'_id': 1}, 'output': {'n': {'method':"
                        + " 'locf'}}}}]",
                "[{'$sort': {'n': 1, '_id': 1}}, {'$set': {'n': 0}}, {'$group': {'_id': '$_id', 'd':"
                        + " {'$first': '$$ROOT'}}}, {'$sort': {'_id': 1}}, {'$set': {'k': {'$meta':"
                        + " 'sortKey'}}}]",
                "[{'$facet': {'a': [{'$limit': 3}, {'$unset': 'text'}], 'b': [{'$count': 'n'}],"
                        + " 'c': [{'$group': {'_id': '$p', 'n': {'$sum': '$n'}}}, {'$sort': {'_id':"
                        + " 1}}]}}]",
            })
    void what_does_not_fit_goes_to_disk(String stages) {
        List<Document> documents = documents();
        List<Document> expected = run(stages, documents, OperationContext.unlimited());
        OperationContext operation = OperationContext.within(0, BUDGET);

        assertEquals(expected, run(stages, documents, operation), "seed " + seed);
        assertFalse(expected.isEmpty());
        assertTrue(operation.tryReserve(BUDGET), "all of its memory is given back");

        OperationContext inMemory = OperationContext.within(0, BUDGET).onDiskIf(false);
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> run(stages, documents, inMemory));
        assertEquals(292, error.code().number());
        assertTrue(inMemory.tryReserve(BUDGET), "all of its memory is given back");
    }

    /** Each of the stages would fit by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'$group': {'_id': '$_id', 'n': {'$sum': 1}}}, {'$group': {'_id': '$_id', 'n':"
                        + " {'$sum': '$n'}}}, {'$sort': {'_id': 1}}]",
                "[{'$sort': {'p': 1}}, {'$group': {'_id': '$_id', 'd': {'$first': '$$ROOT'}}},"
                        + " {'$sort': {'_id': 1}}]",
                "[{'$sort': {'p': 1}}, {'$sort': {'n': 1}}, {'$sort': {'_id': 1}}]",
                "[{'$group': {'_id': '$_id', 'd': {'$first': '$$ROOT'}}}, {'$sort': {'_id': 1}},"
                        + " {'$setWindowFields': {'partitionBy': '$d.p', 'sortBy': {'_id': 1},"
                        + " 'output': {'n': {'$count': {}}}}}]",
                "[{'$facet': {'a': [{'$group': {'_id': '$_id', 'n': {'$sum': 1}}}, {'$count':"
                        + " 'n'}], 'b': [{'$sort': {'n': 1}}, {'$count': 'n'}], 'c': [{'$limit':"
                        + " 3}]}}]",
            })
    void stages_share_the_memory(String stages) {
        List<Document> documents = new ArrayList<>();
        Random random = new Random(seed);
        for (int id = 0; id < 12_000; id++) {
            documents.add(
                    Document.builder()
                            .put("_id", id)
                            .put("p", random.nextInt(40))
                            .put("n", random.nextInt(100))
                            .build());
        }
        List<Document> expected = run(stages, documents, OperationContext.unlimited());
        for (long budget : new long[] {2 << 20, 3 << 20}) {
            OperationContext operation = OperationContext.within(0, budget);
            assertEquals(expected, run(stages, documents, operation), "seed " + seed);
            assertTrue(operation.tryReserve(budget), "all of its memory is given back");
        }
    }

    @Test
    void a_spool_gives_its_memory_up_while_it_is_read() {
        OperationContext operation = OperationContext.within(0, 2 << 20);
        List<Document> documents = documents().subList(0, 300);
        try (DocumentSpool spool = new DocumentSpool("$facet", operation)) {
            documents.forEach(spool::add);
            try (Cursor half = spool.open()) {
                List<Document> read = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    assertTrue(half.advance());
                    read.add(half.current());
                }
                assertFalse(operation.tryReserve(3 << 20));
                assertTrue(operation.tryReserve(2 << 20));
                while (half.advance()) {
                    read.add(half.current());
                }
                assertEquals(documents, read);
            }
            assertEquals(documents, ListCursor.drain(spool.open()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'$setWindowFields': {'output': {'n': {'$count': {}}}}}]",
                "[{'$facet': {'all': []}}]",
                "[{'$bucketAuto': {'groupBy': '$_id', 'buckets': 1, 'output': {'all': {'$push':"
                        + " '$text'}}}}]",
            })
    void a_partition_or_a_result_must_fit(String stages) {
        OperationContext operation = OperationContext.within(0, BUDGET);
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> run(stages, documents(), operation));
        assertEquals(292, error.code().number());
        assertTrue(operation.tryReserve(BUDGET), "all of its memory is given back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'$setWindowFields': {'partitionBy': '$p', 'output': {'n': {'$count': {}}}}}]",
                "[{'$densify': {'field': 'n', 'range': {'step': 1, 'bounds': 'full'}}}]",
            })
    void one_document_is_in_memory_once(String stages) {
        List<Document> documents = documents().subList(0, 300);
        OperationContext operation = OperationContext.within(0, 2 << 20);
        assertFalse(run(stages, documents, operation).isEmpty());
    }
}
