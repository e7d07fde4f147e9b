package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.testing.ListCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What stages make of stored documents that pass by is what they make of documents in memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GroupAgreementTest {

    private static final int CASES = 400;

    private static final List<String> IDS =
            List.of(
                    "'$a'",
                    "'$b.c'",
                    "'$b'",
                    "null",
                    "{'x': '$a', 'y': '$b.c'}",
                    "{'$ifNull': ['$a', 5]}",
                    "{'$type': '$b.c'}",
                    "['$n', '$$ROOT.a']",
                    "{'$gt': [{'$rand': {}}, 2]}");

    private static final List<String> FIELDS =
            List.of(
                    "'s': {'$sum': '$n'}",
                    "'s': {'$sum': '$b.c'}, 'm': {'$avg': '$b.c'}",
                    "'m': {'$avg': '$n'}, 'low': {'$min': '$a'}, 'high': {'$max': '$b'}",
                    "'first': {'$first': '$b'}, 'last': {'$last': '$a'}",
                    "'all': {'$push': '$b'}, 'some': {'$addToSet': '$a'}",
                    "'n': {'$sum': 1}, 'c': {'$count': {}}",
                    "'whole': {'$push': '$$ROOT'}, 's': {'$sum': {'$cond': ['$n', '$n', 1]}}",
                    "'d': {'$stdDevPop': '$n'}, 'top': {'$max': '$b.c'}");

    private static final List<String> OTHERS =
            List.of(
                    "{'$sort': {'n': 1, 'b.c': -1}}, {'$limit': 3}",
                    "{'$sort': {'b': -1}}",
                    "{'$match': {'n': {'$gte': 1}, 'b.c': {'$lt': 100}}}",
                    "{'$match': {'a': {'$ne': 1}}}, {'$count': 'n'}",
                    "{'$unwind': '$a'}, {'$group': {'_id': '$a', 'n': {'$sum': '$n'}}}",
                    "{'$match': {'b': {'$type': 'object'}}}, {'$project': {'b': 1}}");

    /** Stored documents, each in the bytes of the one before. Whoever keeps one, keeps another. */
    private static final class PassingDocuments implements Cursor {

        private final List<Document> documents;
        private byte[] around = {};
        private int place = -1;

        PassingDocuments(List<Document> documents) {
            this.documents = documents;
            documents.forEach(one -> around = longer(around, DocumentCodec.encode(one).length + 7));
        }

        private static byte[] longer(byte[] bytes, int length) {
            return bytes.length >= length ? bytes : new byte[length];
        }

        @Override
        public boolean advance() {
            Arrays.fill(around, (byte) 0);
            return ++place < documents.size();
        }

        @Override
        public Document current() {
            return DocumentCodec.decode(DocumentCodec.encode(documents.get(place)));
        }

        @Override
        public Document passing() {
            byte[] stored = DocumentCodec.encode(documents.get(place));
            System.arraycopy(stored, 0, around, 5, stored.length);
            return DocumentCodec.decode(around, 5, stored.length);
        }

        @Override
        public void close() {}
    }

    private static List<Document> run(String stages, Cursor input, OperationContext operation) {
        ArrayValue pipeline =
                (ArrayValue) ExtendedJson.readValue(("[" + stages + "]").replace('\'', '"'));
        StageContext context =
                new StageContext() {
                    @Override
                    public OperationContext operation() {
                        return operation;
                    }

                    @Override
                    public Cursor find(String collection, Predicate filter) {
                        throw new AssertionError("they read nothing else");
                    }
                };
        return ListCursor.drain(Pipeline.parse(pipeline, Location.ROOT).open(input, context));
    }

    private static List<Document> documents(RandomValues values) {
        List<Document> documents = new ArrayList<>();
        for (int id = values.nextInt(40); id >= 0; id--) {
            DocumentBuilder document = Document.builder().put("_id", Value.of(id));
            if (values.nextInt(4) > 0) {
                document.put("a", value(values));
            }
            switch (values.nextInt(4)) {
                case 0 -> document.put("b", value(values));
                case 1 -> document.put("b", ArrayValue.of(List.of(inner(values), inner(values))));
                default -> document.put("b", inner(values));
            }
            document.put("n", values.nextNumber());
            documents.add(document.build());
        }
        return documents;
    }

    private static Document inner(RandomValues values) {
        Document inner = Document.of("k", Value.of(values.nextInt(2)));
        return values.nextInt(4) == 0 ? inner : inner.with("c", value(values));
    }

    private static Value value(RandomValues values) {
        return switch (values.nextInt(5)) {
            case 0 -> Value.of(values.nextInt(2));
            case 1 -> Value.of((double) values.nextInt(2));
            case 2 -> Value.of((long) values.nextInt(2));
            default -> values.next();
        };
    }

    @Test
    void stored_documents_make_the_same_groups() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            String stages =
                    "{'$group': {'_id': %s, %s}}"
                            .formatted(
                                    IDS.get(values.nextInt(IDS.size())),
                                    FIELDS.get(values.nextInt(FIELDS.size())));
            checkAgreement(stages, documents(values), seed);
        }
    }

    @Test
    void stored_documents_pass_other_stages_alike() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            checkAgreement(OTHERS.get(i % OTHERS.size()), documents(values), seed);
        }
    }

    private static void checkAgreement(String stages, List<Document> documents, long seed) {
        OperationContext operation = OperationContext.within(0, 1 << 20);
        List<Document> expected =
                run(stages, new ListCursor(documents), OperationContext.unlimited());

        assertEquals(
                expected,
                run(stages, new PassingDocuments(documents), operation),
                () -> "seed " + seed + ": " + stages + " of " + documents);
        assertTrue(operation.tryReserve(1 << 20), "all of its memory is given back");
    }

    @Test
    void numbers_that_are_equal_are_one_group() {
        List<Document> documents =
                ((ArrayValue)
                                ExtendedJson.readValue(
                                        "[{'a': 1}, {'a': 1.0}, {'a': {'$numberLong': '1'}}, {'a': 1},"
                                                        .replace('\'', '"')
                                                + "{}, {\"a\": null}, {\"a\": 1.0}]"))
                        .elements().stream().map(Document.class::cast).toList();

        List<Document> groups =
                run(
                        "{'$group': {'_id': '$a', 'n': {'$sum': 1}}}",
                        new PassingDocuments(documents),
                        OperationContext.unlimited());

        assertEquals("[{\"_id\":1,\"n\":5},{\"_id\":null,\"n\":2}]", json(groups));
    }

    private static String json(List<Document> groups) {
        return groups.stream()
                .map(group -> ExtendedJson.write(group, JsonMode.RELAXED))
                .toList()
                .toString()
                .replace(" ", "");
    }

    @Test
    void stored_documents_whose_groups_have_no_room_are_grouped_afterwards() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 3_000; id++) {
            Value key = Value.of("k".repeat(90) + id % 1_500);
            documents.add(Document.of("_id", Value.of(id)).with("k", key));
        }
        String stages =
                "{'$group': {'_id': '$k', 'all': {'$push': '$_id'}, 'n': {'$sum': '$_id'}}}";
        List<Document> expected =
                run(stages, new ListCursor(documents), OperationContext.unlimited());
        OperationContext operation = OperationContext.within(0, 300_000);

        List<Document> parted = run(stages, new PassingDocuments(documents), operation);

        Comparator<Document> byId = Comparator.comparing(g -> g.get("_id"), ValueOrder.ASCENDING);
        assertEquals(
                expected.stream().sorted(byId).toList(), parted.stream().sorted(byId).toList());
        assertTrue(operation.tryReserve(300_000), "all of its memory is given back");
    }
}
